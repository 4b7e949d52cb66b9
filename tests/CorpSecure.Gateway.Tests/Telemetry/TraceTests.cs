using System.Diagnostics;
using System.Threading.Channels;
using CorpSecure.Gateway.Telemetry;
using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.Telemetry;

[Collection(GatewayCollection.Name)]
public sealed class TraceTests(ScriptedWorld scripted) : IClassFixture<ScriptedWorld>, IDisposable
{
    private const string TheirTrace = "0af7651916cd43dd8448eb211c80319c";

    private readonly GatewayWorld world = scripted.World;
    private readonly ScriptedCore core = scripted.Core;
    private readonly Channel<Activity> stopped = Channel.CreateUnbounded<Activity>();
    private readonly List<Activity> spans = [];
    private ActivityListener? listener;

    [Fact]
    public async Task The_gateway_starts_its_own_trace_and_links_to_the_callers()
    {
        Listen();
        core.Received.Clear();
        var answer = await world.SendAsync(Payment().With("traceparent", $"00-{TheirTrace}-b7ad6b7169203331-01").With("tracestate", "them=1").With("baggage", "secret=1"));

        var (request, call) = (await SpanAsync("payments.create"), await SpanAsync("core"));
        request.TraceId.ToString().ShouldNotBe(TheirTrace);
        request.Parent.ShouldBeNull();
        request.Links.Single().Context.TraceId.ToString().ShouldBe(TheirTrace);
        request.Baggage.ShouldBeEmpty();
        request.GetTagItem("corpsecure.decision_id").ShouldBe(answer.DecisionId);
        request.GetTagItem("http.response.status_code").ShouldBe(200);
        call.Parent.ShouldBe(request);
        var sent = core.Received.ShouldHaveSingleItem();
        sent["traceparent"].ToString().ShouldBe(call.Id);
        sent.ContainsKey("tracestate").ShouldBeFalse();
        sent.ContainsKey("baggage").ShouldBeFalse();
    }

    [Fact]
    public async Task Spans_hold_nothing_of_a_person_an_account_or_an_address()
    {
        Listen();
        core.Answer = context => context.Response.WriteAsync("{}");
        await world.SendAsync(Payment().With("User-Agent", "made-up-7f3a"));
        await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001/transactions?limit=7").By("anna"));
        await world.SendAsync(new ARequest(world, new HttpMethod("MADEUP"), "/corporate/v1/made-up").By("anna"));

        await SpanAsync("payments.create");
        await SpanAsync("accounts.transactions");
        await SpanAsync("no route");
        foreach (var span in spans)
        {
            var told = span.DisplayName + string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")) + string.Join(' ', span.Events.Select(item => item.Name));
            foreach (var secret in new[] { "acc-acme", "anna", "acme", "limit=7", "made-up", "MADEUP", "127.0.0.1", "localhost", "eyJ", "DE89" })
                told.ShouldNotContain(secret);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-and-more")]
    public async Task What_is_no_trace_context_is_no_link(string sent)
    {
        Listen();
        await world.SendAsync(Payment().With("traceparent", sent));
        (await SpanAsync("payments.create")).Links.ShouldBeEmpty();
    }

    [Fact]
    public async Task Untraced_the_core_still_gets_a_trace_of_the_gateways_own()
    {
        core.Received.Clear();
        await world.SendAsync(Payment().With("traceparent", $"00-{TheirTrace}-b7ad6b7169203331-01"));
        var sent = core.Received.ShouldHaveSingleItem()["traceparent"].ToString();
        sent.ShouldNotContain(TheirTrace);
        sent.ShouldEndWith("-00"); // not recorded, whatever the caller asked for
    }

    public void Dispose() => listener?.Dispose();

    private ARequest Payment() => ARequest.PaymentBy(world, "anna", "anna-1");

    /// <summary>A span ends a moment after its answer has arrived.</summary>
    private async Task<Activity> SpanAsync(string name)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!spans.Exists(span => span.DisplayName == name))
            spans.Add(await stopped.Reader.ReadAsync(patience.Token));
        return spans.Single(span => span.DisplayName == name);
    }

    private void Listen()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RequestTrace.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => stopped.Writer.TryWrite(span),
        };
        ActivitySource.AddActivityListener(listener);
    }
}
