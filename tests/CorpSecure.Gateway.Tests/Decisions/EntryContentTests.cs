using System.Text;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Ledger.Sealing;
using Npgsql;

namespace CorpSecure.Gateway.Tests.Decisions;

[Collection(GatewayCollection.Name)]
public sealed class EntryContentTests(Surroundings surroundings, EntryWorld entries) : IClassFixture<EntryWorld>
{
    private readonly GatewayWorld world = entries.World;

    [Fact]
    public async Task No_row_of_the_database_tells_whose_account_or_address_it_was_and_none_holds_a_secret()
    {
        var request = ARequest.PaymentBy(world, "anna", "anna-1");
        var token = request.Build().Headers.Authorization!.Parameter!;
        var secrets = new List<string> { "acc-acme-001", "acc-huaxin-001", "p-anna", "127.0.0.1", "Bolt & Sons", "DE89370400440532013000", "INV-1", "1250.00", request.Nonce, token, token.Split('.')[2] };
        await world.SendAsync(request);
        await world.SendAsync(request);
        await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001").By("anna"));
        await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-huaxin-001?access_token=" + token).By("anna"));
        var stranger = await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001"));
        await world.EntriesAsync(stranger.DecisionId);

        var dump = new StringBuilder();
        foreach (var table in new[] { "ledger.entries", "ledger.tags", "ledger.subject_keys", "ledger.client_keys", "decisions.nonces" })
            dump.Append(await DumpAsync(table));

        dump.ToString().ShouldContain("payments.create");
        foreach (var secret in secrets)
            dump.ToString().ShouldNotContain(secret);
    }

    [Fact]
    public async Task Stored_facts_come_to_the_same_decision_again()
    {
        var request = ARequest.PaymentBy(world, "anna", "anna-1");
        foreach (var asked in new[]
        {
            request, request, ARequest.PaymentBy(world, "anna", "anna-revoked"), ARequest.PaymentBy(world, "anna", "anna-1", "{"), ARequest.PaymentBy(world, "anna", "anna-1").ButSends("{}"),
            ARequest.Get(world, "/corporate/v1/accounts/acc-acme-003").By("anna"), ARequest.Get(world, "/corporate/v1/accounts").By("anna", CorpSecure.Protocol.Problems.AcrValues.Password),
            ARequest.Get(world, "/corporate/v1/accounts").By("gone"), ARequest.Get(world, "/corporate/v1/payees").By("li"),
        })
        {
            await world.SendAsync(asked);
        }

        await using var connection = new NpgsqlConnection(world.AdminConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select id, subject_key, sealed, payload ->> 'verdict', payload ->> 'stage', payload -> 'reasons' #>> '{}' from ledger.entries where kind = 1", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var replayed = 0;
        for (; await reader.ReadAsync(); replayed++)
        {
            var facts = FactsJson.Read(await world.Service<SubjectVault>().OpenAsync(reader.GetGuid(1), reader.GetFieldValue<byte[]>(2), reader.GetGuid(0), CancellationToken.None));
            var reasons = reader.GetString(5);
            var spent = facts.Signature is not { Fault: null } ? (bool?)null : !reasons.Contains("nonce-replayed", StringComparison.Ordinal);
            var decision = DecisionPoint.Settle(world.Service<DecisionPoint>().Decide(facts), new Reservation(spent));
            (decision.Verdict.ToString(), decision.Reached.ToString()).ShouldBe((reader.GetString(3), reader.GetString(4)));
            System.Text.Json.JsonSerializer.Serialize(decision.Reasons.Select(reason => reason.Code)).ShouldBe(reasons);
        }

        replayed.ShouldBeGreaterThanOrEqualTo(9);
    }

    [Fact]
    public async Task The_policy_is_stored_before_the_first_decision()
    {
        (await world.QueryAsync<string>("select document from decisions.policies")).ShouldBe(PolicyText.Shipped);
        await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("anna"));
        (await world.QueryAsync<bool>("select bool_and(p.stored_at < e.opened_at) from decisions.policies p, ledger.epochs e where e.lane = 'gateway-1/decisions'")).ShouldBeTrue();
        (await world.QueryAsync<string>("select version from decisions.policies")).ShouldBe(world.Service<Policy>().Version);
    }

    [Fact]
    public async Task A_version_used_for_another_text_stops_the_start()
    {
        var file = Path.Combine(surroundings.Directory.FullName, "changed-policy.json");
        await File.WriteAllTextAsync(file, PolicyText.Limited(7));
        var refused = await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync([.. world.Arguments, $"--Gateway:PolicyFile={file}"]));
        refused.Message.ShouldContain("has already been used for another text");
    }

    private async Task<string> DumpAsync(string table)
    {
        await using var connection = new NpgsqlConnection(world.AdminConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select * from {table}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var dump = new StringBuilder();
        while (await reader.ReadAsync())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            foreach (var value in values)
                dump.Append(value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value).Append('|');
        }

        return dump.ToString();
    }
}

/// <summary>A gateway whose ledger holds these tests' entries only.</summary>
public sealed class EntryWorld(Surroundings surroundings) : IAsyncLifetime
{
    public GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await GatewayWorld.StartAsync(surroundings);

    public async Task DisposeAsync() => await World.DisposeAsync();
}
