using System.Text.Json;
using System.Text.RegularExpressions;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Telemetry;

/// <summary>Every query of the dashboard and of the alerts asks for something that is measured.</summary>
[Collection(GatewayCollection.Name)]
public sealed partial class DashboardTests(MeteredWorld metered) : IClassFixture<MeteredWorld>
{
    private GatewayWorld World => metered.World;

    [Fact]
    public async Task Every_query_names_metrics_and_labels_that_exist()
    {
        await World.SendAsync(ARequest.PaymentBy(World, "anna", "anna-1"));
        await World.SendAsync(ARequest.Get(World, "/corporate/v1/payees"));
        await Wire.ExchangeAsync(World, "NONSENSE\r\n\r\n");
        var scrape = await Scrape.OfAsync(World);
        for (var tries = 0; !scrape.Names.Contains("http_server_request_duration_seconds_bucket") && tries < 100; tries++)
            scrape = await Scrape.OfAsync(World);

        Queries().Count.ShouldBeGreaterThan(30);
        Unknown(Queries(), scrape).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_for_something_else_is_noticed()
    {
        var scrape = await Scrape.OfAsync(World);
        Unknown(["sum(rate(corpsecure_made_up_total[5m]))"], scrape).ShouldBe(["corpsecure_made_up_total"]);
        Unknown(["sum by (made_up) (corpsecure_ledger_available)"], scrape).ShouldBe(["made_up"]);
        Unknown(["corpsecure_ledger_available{made_up=\"1\"}"], scrape).ShouldBe(["made_up"]);
    }

    private static List<string> Unknown(IEnumerable<string> queries, Scrape scrape)
    {
        var labels = scrape.Samples.SelectMany(sample => LabelName().Matches(sample.Labels).Select(match => match.Groups[1].Value)).Append("instance").ToHashSet();
        return [.. queries.SelectMany(query => Words().Matches(Literals().Replace(query, "")).Select(match => match.Value)).Distinct()
            .Where(word => !Language.Contains(word) && !scrape.Names.Contains(word) && !labels.Contains(word))];
    }

    private static List<string> Queries()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CorpSecure.sln")))
            folder = Path.GetDirectoryName(folder)!;
        folder = Path.Combine(folder, "docs", "grafana");
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "corpsecure.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!);
        var alerts = Expression().Matches(File.ReadAllText(Path.Combine(folder, "alerts.yml"))).Select(match => match.Groups[1].Value);
        return [.. panels, .. alerts];
    }

    private static readonly HashSet<string> Language = ["sum", "min", "max", "by", "rate", "topk", "histogram_quantile", "or", "absent", "e8"];

    [GeneratedRegex("\"[^\"]*\"|\\[[^]]*\\]|\\b\\d+(\\.\\d+)?(e\\d+)?\\b")]
    private static partial Regex Literals();

    [GeneratedRegex("[a-zA-Z_][a-zA-Z0-9_]*")]
    private static partial Regex Words();

    [GeneratedRegex("([a-zA-Z_][a-zA-Z0-9_]*)=\"")]
    private static partial Regex LabelName();

    [GeneratedRegex("expr: (?:>-\\s*)?(.+(?:\\n {10}\\S.*)*)")]
    private static partial Regex Expression();
}
