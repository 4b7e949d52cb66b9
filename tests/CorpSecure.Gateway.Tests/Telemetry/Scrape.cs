using System.Globalization;
using System.Text.RegularExpressions;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Telemetry;

/// <summary>What a scraper reads, sample by sample.</summary>
public sealed partial class Scrape
{
    private Scrape(string text) => Text = text;

    public string Text { get; }

    public IEnumerable<(string Name, string Labels, double Value)> Samples =>
        from line in Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        where line[0] != '#'
        let sample = Sample().Match(line)
        select (sample.Groups["name"].Value, sample.Groups["labels"].Value, double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture));

    public IReadOnlySet<string> Names => Samples.Select(sample => sample.Name).ToHashSet();

    public static async Task<Scrape> OfAsync(GatewayWorld world)
    {
        using var answer = await world.Http.GetAsync(new Uri(world.Ops + "/metrics"));
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return new Scrape(text);
    }

    public double Sum(string name, params string[] labels) =>
        Samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.Contains(label))).Sum(sample => sample.Value);

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>\S+)( \d+)?$")]
    private static partial Regex Sample();
}
