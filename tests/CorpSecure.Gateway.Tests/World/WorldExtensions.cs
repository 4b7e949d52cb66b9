using System.Text.Json;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Protocol.Problems;
using Npgsql;

namespace CorpSecure.Gateway.Tests.World;

public static class WorldExtensions
{
    public static async Task<Answer> SendAsync(this GatewayWorld world, ARequest request) => await world.SendAsync(request.Build());

    public static async Task<Answer> SendAsync(this GatewayWorld world, HttpRequestMessage request, HttpClient? through = null)
    {
        var response = await (through ?? world.Http).SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var id = response.Headers.TryGetValues(HeaderNames.DecisionId, out var values) ? Guid.Parse(values.Single()) : Guid.Empty;
        return new Answer((int)response.StatusCode, bytes.Length == 0 ? null : JsonDocument.Parse(bytes).RootElement, id, response);
    }

    /// <summary>Entries about one decision, in the order of their lanes.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> EntriesAsync(this GatewayWorld world, Guid decisionId)
    {
        await world.Service<RefusalCounter>().FlushAsync();
        await using var connection = new NpgsqlConnection(world.AdminConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select lane, counter, kind, payload from ledger.entries where id = $1 order by at, kind", connection) { Parameters = { new() { Value = decisionId } } };
        await using var reader = await command.ExecuteReaderAsync();
        var entries = new List<LedgerEntry>();
        while (await reader.ReadAsync())
            entries.Add(new LedgerEntry(reader.GetString(0), reader.GetInt64(1), reader.GetInt16(2), JsonDocument.Parse(reader.GetString(3)).RootElement));
        return entries;
    }

    public static int CoreCalls(this GatewayWorld world, Guid decisionId) => world.Core.Calls.Latest(1000, decisionId.ToString()).Count;

    public static long LastCoreCall(this GatewayWorld world) => world.Core.Calls.Latest(1) is [var last] ? last.Sequence : 0;

    /// <summary>The four things every refusal owes: status, reason, the audit row, and a core that was not called.</summary>
    public static Task<Answer> ShouldRefuseAsync(this GatewayWorld world, ARequest request, int status, string reason) =>
        world.ShouldRefuseAsync(request.Build(), status, reason);

    public static async Task<Answer> ShouldRefuseAsync(this GatewayWorld world, HttpRequestMessage request, int status, string reason, HttpClient? through = null)
    {
        var before = world.LastCoreCall();
        var answer = await world.SendAsync(request, through);
        answer.Code.ShouldBe(CorpSecure.Core.Decisions.Reasons.Of(reason).Told);
        answer.Status.ShouldBe(status);
        answer.Message.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Body!.Value.GetProperty("decisionId").GetGuid().ShouldBe(answer.DecisionId);
        var entry = (await world.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem();
        entry.Reasons[0].ShouldBe(reason);
        entry.Text("status").ShouldBe(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        world.LastCoreCall().ShouldBe(before);
        return answer;
    }
}
