using System.Text.Json;
using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;
using CorpSecure.DevHost.Tour;
using Npgsql;
using Xunit.Abstractions;

namespace CorpSecure.Acceptance.Tests.Kills;

/// <summary>SIGKILL at any moment: the core must never have seen a call whose decision is not in the ledger.</summary>
public sealed class KilledGatewayTests(ITestOutputHelper output)
{
    private const int PortOffset = 13_000;

    private const string More = "CORPSECURE_KILLS";

    /// <summary>Five kills, or as many as <c>CORPSECURE_KILLS</c> says, after so many answers each; odd ones, so that no batch boundary is favoured.</summary>
    private static readonly int[] Moments =
        [.. Enumerable.Range(0, int.Parse(Environment.GetEnvironmentVariable(More) ?? "5")).Select(kill => 1 + kill * 38 % 90)];

    [Fact]
    public async Task Kill_9_under_load_leaves_no_call_at_the_core_without_a_decision()
    {
        var directory = Directory.CreateTempSubdirectory("corpsecure-kills-");
        var options = new DevHostOptions(Path.Combine(directory.FullName, "data")) { PortOffset = PortOffset };
        await using (var system = await RunningSystem.StartAsync(options, SourceTree.Build, TimeProvider.System, output.WriteLine, CancellationToken.None))
        {
            Posix.Send(system.Demo.Processes["gateway"], Signal.Kill);
            using var anna = await new TourSignIn(system, SourceTree.Build, TimeProvider.System).RunAsync("anna.keller", null, CancellationToken.None);
            var gateway = new RestartedGateway(system);
            await using (var load = new PaymentLoad(system.Demo, anna, clients: 8))
            {
                await gateway.StartAsync();
                load.Start();
                foreach (var moment in Moments)
                {
                    await load.AwaitAnswersAsync(moment);
                    await gateway.KillAsync();
                    await gateway.StartAsync();
                }

                await load.AwaitAnswersAsync(20);
                await gateway.KillAsync();
                output.WriteLine($"{Moments.Length + 1} kills, at least {load.Forwarded} answers in between");
            }

            await using var database = NpgsqlDataSource.Create(system.Demo.Databases!.Auditor);
            (await CallsWithoutDecisionAsync(database, Path.Combine(system.Data.Logs, "core-calls.jsonl"))).ShouldBeEmpty();
            (await BrokenLinksAsync(database)).ShouldBe(0, "each entry carries its predecessor's hash, and no lane has a gap");
        }

        directory.Delete(recursive: true);
    }

    private async Task<List<string>> CallsWithoutDecisionAsync(NpgsqlDataSource database, string callLog)
    {
        var forwarded = new HashSet<Guid>();
        await using var command = database.CreateCommand("select id from decisions.summaries where enforcement = 'forward'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            forwarded.Add(reader.GetGuid(0));
        var calls = await File.ReadAllLinesAsync(callLog);
        output.WriteLine($"{calls.Length} calls at the core, {forwarded.Count} decisions to forward");
        calls.Length.ShouldBeGreaterThan(20);
        return [.. calls.Where(call => !forwarded.Contains(JsonDocument.Parse(call).RootElement.GetProperty("decisionId").GetGuid()))];
    }

    private static async Task<long> BrokenLinksAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            """
            select count(*) from (
              select counter, predecessor, lag(counter) over lane as counter_before, lag(hash) over lane as hash_before
              from ledger.entries window lane as (partition by lane order by counter)) as entry
            where counter <> coalesce(counter_before, 0) + 1 or predecessor <> coalesce(hash_before, decode(repeat('00', 32), 'hex'))
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
