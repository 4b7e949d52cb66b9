using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CorpSecure.Cli.Tests.Decisions;

public sealed class DecisionsTests : IAsyncLifetime
{
    private const string Id = "01890a5d-ac96-774b-bcce-b302099a8057";

    private const string Summary = $$"""
        {"id":"{{Id}}","at":"2026-11-24T09:00:00.125+00:00","listener":"api","method":"POST","route":"payments","client":"华新贸易","subject":"user-anna","verdict":"Deny","enforcement":"refuse","reasons":["signature.invalid","limit.exceeded"],"status":401,"policyVersion":"p1","replica":"gateway-1","count":1,"outcome":null}
        """;

    private readonly DemoSystem _demo = new();

    public async Task InitializeAsync()
    {
        await _demo.InitializeAsync();
        await _demo.SignInAsync("sam.officer");
    }

    public Task DisposeAsync() => _demo.DisposeAsync();

    [Fact]
    public async Task A_list_in_json_is_what_the_api_says()
    {
        var page = $$"""{"decisions":[{{Summary}}],"next":"{{Id}}"}""";
        _demo.Ops.WillAnswer(page);

        var (exitCode, output, error) = await _demo.Corpsec.RunAsync(
            "decisions", "list", "--verdict", "deny", "--client", "acme", "--from", "2026-11-24", "--limit", "7", "-o", "json");

        (exitCode, error).ShouldBe((0, ""));
        JsonNode.DeepEquals(JsonNode.Parse(output), JsonNode.Parse(page)).ShouldBeTrue(output);
        var received = _demo.Ops.Received.Single();
        received.Target.ShouldBe("/ops/v1/decisions?verdict=Deny&client=acme&from=2026-11-24T00%3A00%3A00.0000000%2B00%3A00&limit=7");
        received["authorization"]!.ShouldStartWith("DPoP ");
    }

    [Fact]
    public async Task A_list_in_a_pipe_has_one_aligned_row_a_line()
    {
        var second = Summary.Replace("华新贸易", "acme", StringComparison.Ordinal).Replace("Deny", "Allow", StringComparison.Ordinal);
        _demo.Ops.WillAnswer($$"""{"decisions":[{{Summary}},{{second}}],"next":null}""");

        var (_, output, _) = await _demo.Corpsec.RunAsync("decisions", "list");

        var lines = output.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("AT ");
        lines[1].ShouldContain("signature.invalid,limit.exceeded");
        lines[1].ShouldEndWith(Id);
        // Two columns for each Chinese character, so that what follows stands under its heading.
        lines[1].IndexOf("user-anna", StringComparison.Ordinal).ShouldBe(lines[2].IndexOf("user-anna", StringComparison.Ordinal) - 4);
        lines[2].IndexOf("user-anna", StringComparison.Ordinal).ShouldBe(lines[0].IndexOf("SUBJECT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_decision_is_shown_with_facts_and_entries()
    {
        var detail = Summary.Trim().TrimEnd('}') + ""","facts":{"payee":"DE**1234"},"entries":[{"lane":"gateway-1","epoch":3,"counter":42,"kind":"decision","at":"2026-11-24T09:00:00.125+00:00","hash":"abc="}]}""";
        _demo.Ops.WillAnswer(detail);
        _demo.Ops.WillAnswer(detail);

        (await _demo.Corpsec.RunAsync("decisions", "show", Id)).Out.ShouldContain("DE**1234");

        var (_, output, _) = await _demo.Corpsec.RunAsync("decisions", "show", Id, "-o", "json");
        JsonNode.DeepEquals(JsonNode.Parse(output), JsonNode.Parse(detail)).ShouldBeTrue(output);
        _demo.Ops.Received.Last().Target.ShouldBe("/ops/v1/decisions/" + Id);
    }

    [Fact]
    public async Task An_unknown_decision_is_refused()
    {
        _demo.Ops.WillRefuse("decision.unknown", 404);

        var (exitCode, output, error) = await _demo.Corpsec.RunAsync("decisions", "show", Id);

        (exitCode, output).ShouldBe((4, ""));
        error.ShouldContain("decision.unknown");
    }

    [Fact]
    public async Task Something_that_is_not_the_ops_api_is_told()
    {
        _demo.Ops.WillAnswer("<html>", contentType: "text/html");

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("decisions", "list");

        exitCode.ShouldBe(5);
        error.ShouldContain("Is the address that of the ops API?");
    }

    [Theory]
    [InlineData("list", "--verdict", "maybe")]
    [InlineData("list", "--from", "yesterday")]
    [InlineData("show", "not-an-id")]
    public async Task Wrong_usage_is_told(params string[] arguments) =>
        (await _demo.Corpsec.RunAsync(["decisions", .. arguments])).ExitCode.ShouldBe(2);

    [Fact]
    public async Task A_tail_prints_what_passes_its_filter_and_ends_cleanly_when_stopped()
    {
        var waiting = new TaskCompletionSource();
        _demo.Ops.WillAnswer("""{"decisions":[],"cursor":"now"}""");
        _demo.Ops.WillAnswer($$"""{"decisions":[{{Summary.Replace("Deny", "Allow", StringComparison.Ordinal)}},{{Summary}}],"cursor":"c+1"}""");
        _demo.Ops.Answers.Enqueue(context =>
        {
            waiting.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        using var tail = _demo.Corpsec.Start("decisions", "tail", "--verdict", "Deny", "-o", "json");

        using var first = JsonDocument.Parse((await tail.StandardOutput.ReadLineAsync())!);
        first.RootElement.GetProperty("verdict").GetString().ShouldBe("Deny");
        await waiting.Task;
        using (var kill = Process.Start("kill", ["-TERM", tail.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }
        await tail.WaitForExitAsync();

        tail.ExitCode.ShouldBe(0);
        (await tail.StandardError.ReadToEndAsync()).ShouldBeEmpty();
        (await tail.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
        _demo.Ops.Received.Select(r => r.Target).ShouldBe(
            ["/ops/v1/decisions/feed", "/ops/v1/decisions/feed?after=now&wait=20", "/ops/v1/decisions/feed?after=c%2B1&wait=20"]);
    }
}
