using System.Text.Json;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Tokens;
using CorpSecure.Ledger;
using CorpSecure.Ledger.Schema;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CorpSecure.Gateway.Commands;

/// <summary>Tries what the configuration names, all at once, each for a bounded time. Changes nothing.</summary>
internal static class ConnectCheck
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    // The role that serves may add entries and never take one away.
    private const string Rights = """
        select case
            when (select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user) then 'is an administrator''s; use the role corpsecure_gateway'
            when not has_table_privilege('ledger.entries', 'insert') then 'may not insert entries; use the role corpsecure_gateway'
            when has_table_privilege('ledger.entries', 'update') or has_table_privilege('ledger.entries', 'delete') or has_table_privilege('ledger.entries', 'truncate')
                then 'may change entries; use the role corpsecure_gateway'
            end
        """;

    public static async Task<IReadOnlyCollection<string>> FaultsAsync(GatewaySettings settings, CancellationToken cancellation)
    {
        var certificates = new CertificateStore(settings, TimeProvider.System);
        var tries = new List<Task<string[]>>
        {
            TryAsync("Database:ConnectionString", token => DatabaseAsync(settings, token), cancellation),
            TryAsync("Issuers:Corporate:Issuer", token => IssuerAsync(settings.Issuers.Corporate, certificates.Corporate, token), cancellation),
            TryAsync("Issuers:Staff:Issuer", token => IssuerAsync(settings.Issuers.Staff, certificates.Staff, token), cancellation),
        };
        tries.AddRange(settings.Issuers.Others.Select((other, i) => TryAsync($"Issuers:Others:{i}:Issuer", token => IssuerAsync(other, certificates.Others[i], token), cancellation)));
        tries.AddRange(settings.Core.Destinations.Select(core => TryAsync("Core:Destinations", token => CoreAsync(core, settings.Core, certificates, token), cancellation)));
        return [.. (await Task.WhenAll(tries)).SelectMany(faults => faults)];
    }

    private static async Task<string[]> TryAsync(string key, Func<CancellationToken, Task<IEnumerable<string>>> attempt, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            return [.. (await attempt(patience.Token).WaitAsync(patience.Token)).Select(fault => $"{key}: {fault}")];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [$"{key}: no answer within {Patience.TotalSeconds} seconds"];
        }
        catch (Exception error) when (error is NpgsqlException or HttpRequestException or InvalidOperationException or JsonException)
        {
            return [$"{key}: {error.Message} {error.InnerException?.Message}".TrimEnd()];
        }
    }

    private static async Task<IEnumerable<string>> DatabaseAsync(GatewaySettings settings, CancellationToken cancellation)
    {
        await using var database = new LedgerDatabase(settings.LedgerOptions);
        var faults = (await DurabilityCheck.FaultsAsync(database.Source, cancellation)).ToList();
        await using var present = database.Source.CreateCommand("select to_regclass('ledger.entries') is not null");
        if (await present.ExecuteScalarAsync(cancellation) is not true)
            return [.. faults, "the schema is not there; run: corpsecure-gateway migrate"];
        await using var rights = database.Source.CreateCommand(Rights);
        if (await rights.ExecuteScalarAsync(cancellation) is string fault)
            faults.Add(fault);
        await using var registry = new RegistryContext(RegistryContext.Options(settings.Database.ConnectionString));
        if ((await registry.Database.GetPendingMigrationsAsync(cancellation)).Any())
            faults.Add("the schema is older than this version; run: corpsecure-gateway migrate");
        return faults;
    }

    private static async Task<IEnumerable<string>> IssuerAsync(IssuerSection section, Watched<TrustBundle>? trust, CancellationToken cancellation)
    {
        using var http = IssuerHttp.Create(section, trust);
        using var document = JsonDocument.Parse(await http.GetStringAsync(new Uri(section.Issuer.TrimEnd('/') + "/.well-known/openid-configuration"), cancellation));
        var issuer = document.RootElement.TryGetProperty("issuer", out var named) ? named.GetString() : null;
        return issuer == section.Issuer ? [] : [$"the provider calls itself '{issuer}'; the setting must be exactly that"];
    }

    private static async Task<IEnumerable<string>> CoreAsync(string destination, CoreSection section, CertificateStore certificates, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = { ClientCertificateContext = certificates.Core.Current.Context, CertificateChainPolicy = certificates.CoreTrust.Current.Policy },
        });
        using var answer = await http.GetAsync(new Uri(destination.TrimEnd('/') + section.HealthPath), cancellation);
        return answer.IsSuccessStatusCode ? [] : [$"{destination} answered {(int)answer.StatusCode} to {section.HealthPath}"];
    }
}
