using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CorpSecure.Client.Ops;
using CorpSecure.Client.Ops.Decisions;
using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Tour;

namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>The two who saw everything: the ledger, through the ops API as the bank's staff reads it, and the core's own call log.</summary>
internal sealed class Witnesses : IDisposable
{
    private readonly Portal console;
    private readonly HttpClient core;

    public Witnesses(DemoDocument demo, TourPerson staff)
    {
        console = new Portal(demo, demo.Addresses.Ops, staff);
        Ops = new OpsClient(console.Http);
        core = new HttpClient(GatewayTransport.Create(demo.CaFile)) { BaseAddress = new Uri(demo.Addresses.CoreControl) };
        core.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", demo.CoreControlToken);
    }

    public OpsClient Ops { get; }

    /// <summary>The record of a decision. Refusals of strangers are counted first, and written within a second or so.</summary>
    public Task<DecisionSummary> DecisionAsync(Guid id) => Eventually.ValueAsync(
        async () =>
        {
            try
            {
                return (await Ops.ShowAsync(id)).Summary;
            }
            catch (OpsException error) when (error.Problem.Status == 404)
            {
                return null; // not written yet
            }
        },
        $"decision {id} is in the ledger");

    public async Task<IReadOnlyList<JsonElement>> CoreCallsAsync(Guid decisionId)
    {
        var answer = await core.GetFromJsonAsync<JsonElement>($"/control/calls?decisionId={decisionId}");
        return [.. answer.GetProperty("calls").EnumerateArray()];
    }

    public void Dispose()
    {
        console.Dispose();
        core.Dispose();
    }
}
