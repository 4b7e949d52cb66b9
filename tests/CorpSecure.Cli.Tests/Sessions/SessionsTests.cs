namespace CorpSecure.Cli.Tests.Sessions;

public sealed class SessionsTests : IAsyncLifetime
{
    private readonly DemoSystem _demo = new();

    public async Task InitializeAsync()
    {
        await _demo.InitializeAsync();
        await _demo.SignInAsync();
    }

    public Task DisposeAsync() => _demo.DisposeAsync();

    [Fact]
    public async Task The_users_sessions_are_listed_with_a_token_for_that_alone()
    {
        var (exitCode, output, _) = await _demo.Corpsec.RunAsync("sessions", "list");

        exitCode.ShouldBe(0);
        output.ShouldContain("elsewhere");
        output.Split('\n').Single(line => line.StartsWith("here", StringComparison.Ordinal)).ShouldContain("this one");
        _demo.Corporate.TokenRequests.Last()["scope"].ShouldBe("sessions");
        (await _demo.Corpsec.RunAsync("sessions", "list", "-o", "json")).Out.ShouldContain("\"current\": true");
    }

    [Fact]
    public async Task One_is_ended_then_the_others_then_all()
    {
        (await _demo.Corpsec.RunAsync("sessions", "end", "there")).ExitCode.ShouldBe(0);
        (await _demo.Corpsec.RunAsync("sessions", "end", "--others")).Out.Trim().ShouldBe("Ended: 1.");
        _demo.Corporate.Sessions.Sids.ShouldBe(["here"]);

        (await _demo.Corpsec.RunAsync("sessions", "end", "--all")).ExitCode.ShouldBe(0);
        _demo.Corporate.Sessions.Sids.ShouldBeEmpty();
        (await _demo.Corpsec.RunAsync("whoami")).ExitCode.ShouldBe(6);
    }

    [Theory]
    [InlineData("nobodys")]
    [InlineData("all")]
    public async Task A_session_that_is_not_the_users_is_told(string sid)
    {
        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("sessions", "end", sid);

        exitCode.ShouldBe(4);
        error.ShouldContain("corpsec sessions list");
        _demo.Corporate.Sessions.Sids.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("end")]
    [InlineData("end", "there", "--all")]
    [InlineData("end", "--others", "--all")]
    public async Task Wrong_usage_is_told_and_nothing_is_ended(params string[] arguments)
    {
        (await _demo.Corpsec.RunAsync(["sessions", .. arguments])).ExitCode.ShouldBe(2);
        _demo.Corporate.Sessions.Sids.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_session_that_has_ended_elsewhere_is_told()
    {
        _demo.Corporate.TokenError = "invalid_grant";

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("sessions", "list");

        exitCode.ShouldBe(6);
        error.ShouldContain("Your session has ended, sign in again: corpsec login");
    }
}
