using System.Net.Http.Headers;
using System.Text.Json;
using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;
using Npgsql;

namespace CorpSecure.DevHost.Tour;

/// <summary>The two who saw everything: the audit rows, read with the auditor's login, and the core's own call log.</summary>
internal sealed class TourWitnesses(DemoDocument demo, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Not pooled: the story stops the database under it.
    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(demo.Databases!.Auditor) { Pooling = false });
    private readonly HttpClient core = new(GatewayTransport.Create(demo.CaFile))
    {
        BaseAddress = new Uri(demo.Addresses.CoreControl),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", demo.CoreControlToken) },
    };

    /// <summary>The row of a decision. Refusals of strangers are counted and written within a second or so.</summary>
    public async Task<(string? Verdict, string? Reason)> AuditAsync(Guid decisionId, bool expected, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            await using var command = database.CreateCommand("select verdict, reasons[1] from decisions.summaries where id = $1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = decisionId });
            await using (var reader = await command.ExecuteReaderAsync(cancellation))
            {
                if (await reader.ReadAsync(cancellation))
                    return (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
            }

            if (!expected || time.GetElapsedTime(started) > Patience)
                return (null, null);
            await Task.Delay(Pause, time, cancellation);
        }
    }

    public async Task<int> CoreCallsAsync(Guid decisionId, CancellationToken cancellation) =>
        (await CallsAsync($"?decisionId={decisionId}", cancellation)).GetArrayLength();

    /// <summary>Calls in the core's log whose decision has no row that lets them through.</summary>
    public async Task<IReadOnlyList<string>> CallsWithoutDecisionAsync(CancellationToken cancellation)
    {
        var unexplained = new List<string>();
        foreach (var call in (await CallsAsync("?limit=10000", cancellation)).EnumerateArray())
        {
            var id = call.GetProperty("decisionId").GetString();
            var verdict = Guid.TryParse(id, out var decisionId) ? (await AuditAsync(decisionId, expected: false, cancellation)).Verdict : null;
            if (verdict != "Allow")
                unexplained.Add($"{call.GetProperty("method").GetString()}, decision {id ?? "(none)"}, verdict {verdict ?? "(no row)"}");
        }

        return unexplained;
    }

    public async ValueTask DisposeAsync()
    {
        core.Dispose();
        await database.DisposeAsync();
    }

    private async Task<JsonElement> CallsAsync(string query, CancellationToken cancellation)
    {
        await using var answer = await core.GetStreamAsync("/control/calls" + query, cancellation);
        using var document = await JsonDocument.ParseAsync(answer, default, cancellation);
        return document.RootElement.GetProperty("calls").Clone();
    }
}
