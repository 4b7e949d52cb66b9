using System.Runtime.Versioning;
using System.Text.Json;
using CorpSecure.Client.Tests.Fakes;

namespace CorpSecure.Cli.Tests.SignIn;

[UnsupportedOSPlatform("windows")]
public sealed class LoginTests : IAsyncLifetime
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly DemoSystem _demo = new();

    private string KeyFile => Path.Combine(_demo.Home, "default", "corporate.dpop.pem");

    public Task InitializeAsync() => _demo.InitializeAsync();

    public Task DisposeAsync() => _demo.DisposeAsync();

    [Fact]
    public async Task A_demo_user_signs_in_headless_and_only_the_owner_can_read_what_is_kept()
    {
        var (exitCode, output, _) = await _demo.Corpsec.RunAsync("login", "--demo", _demo.DemoFile, "--user", "anna.keller");

        exitCode.ShouldBe(0);
        output.ShouldContain("anna.keller of acme");
        _demo.Corporate.LastScope.ShouldBe("corporate sessions offline_access");
        var login = Path.Combine(_demo.Home, "default", "corporate.login.json");
        File.GetUnixFileMode(login).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(Path.Combine(_demo.Home, "default", "profile.json")).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(Path.Combine(_demo.Home, "default")).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
        File.GetUnixFileMode(_demo.Home).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
        File.GetUnixFileMode(KeyFile).ShouldBe(OwnerOnly);
        Directory.GetFiles(Path.Combine(_demo.Home, "default")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Each_login_has_a_key_of_its_own()
    {
        await _demo.SignInAsync();
        var first = await File.ReadAllTextAsync(KeyFile);
        await _demo.SignInAsync();

        (await File.ReadAllTextAsync(KeyFile)).ShouldNotBe(first);
        (await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_logout_revokes_the_refresh_token_and_leaves_neither_tokens_nor_key()
    {
        await _demo.SignInAsync();

        var (exitCode, output, _) = await _demo.Corpsec.RunAsync("logout");

        (exitCode, output.Trim()).ShouldBe((0, "Signed out (corporate)."));
        _demo.Corporate.Revoked.ShouldBe(["refresh-1"]);
        File.Exists(KeyFile).ShouldBeFalse();
        (await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts")).ExitCode.ShouldBe(6);
    }

    [Fact]
    public async Task A_logout_that_the_server_cannot_be_told_of_is_one_all_the_same_and_says_so()
    {
        await _demo.SignInAsync();
        await _demo.Corporate.DisposeAsync();

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("logout");

        exitCode.ShouldBe(5);
        error.ShouldContain("forgotten here");
        File.Exists(KeyFile).ShouldBeFalse();
        (await _demo.Corpsec.RunAsync("whoami")).ExitCode.ShouldBe(6);
    }

    [Fact]
    public async Task Tokens_whose_key_is_gone_are_no_login()
    {
        await _demo.SignInAsync();
        File.Delete(KeyFile);

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts");

        exitCode.ShouldBe(6);
        error.ShouldContain("corpsec login");
        _demo.Gateway.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Both_realms_live_side_by_side_and_are_forgotten_one_by_one()
    {
        await _demo.SignInAsync("anna.keller");
        await _demo.SignInAsync("sam.officer");

        var (_, both, _) = await _demo.Corpsec.RunAsync("whoami", "-o", "json");
        using var document = JsonDocument.Parse(both);
        document.RootElement.GetProperty("logins").EnumerateArray().Select(l => l.GetProperty("subject").GetString())
            .ShouldBe(["user-anna", "user-sam"]);
        both.ShouldNotContain("refresh-");

        (await _demo.Corpsec.RunAsync("logout", "--realm", "corporate")).ExitCode.ShouldBe(0);
        (await _demo.Corpsec.RunAsync("whoami", "--realm", "corporate")).ExitCode.ShouldBe(6);
        (await _demo.Corpsec.RunAsync("whoami", "--realm", "staff")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_a_reason_and_leaves_nothing_behind()
    {
        _demo.Corporate.Password = "changed";

        var (exitCode, output, error) = await _demo.Corpsec.RunAsync("login", "--demo", _demo.DemoFile, "--user", "anna.keller");

        exitCode.ShouldBe(4);
        output.ShouldBeEmpty();
        error.ShouldContain("not accepted");
        error.ShouldNotContain(DemoSystem.Password);
        Directory.Exists(_demo.Home).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_demo_user_the_address_is_printed_and_the_browser_waited_for()
    {
        using var process = _demo.Corpsec.Start("login", "--demo", _demo.DemoFile, "--no-browser");
        string? line;
        do
        {
            line = await process.StandardError.ReadLineAsync();
        }
        while (line is not null && !line.Contains("https://", StringComparison.Ordinal));

        using var browser = new FakeBrowser(_demo.Authority);
        using var code = new HttpClient();
        _demo.Corporate.CodeIsRight = _ => true;
        await browser.SignInAsync(new Uri(line!.Trim()), _demo.Corporate);
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(0);
        (await _demo.Corpsec.RunAsync("whoami")).Out.ShouldContain("anna-1");
    }

    [Theory]
    [InlineData("--user", "anna.keller")]
    [InlineData("--demo", "/no/such/demo.json")]
    [InlineData("--realm", "elsewhere")]
    [InlineData("--profile", "../../etc")]
    public async Task Wrong_usage_is_told(string option, string value)
    {
        var (exitCode, output, error) = await _demo.Corpsec.RunAsync("login", option, value);

        exitCode.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldNotBeEmpty();
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_user_of_the_other_realm_or_unknown_is_wrong_usage()
    {
        (await _demo.Corpsec.RunAsync("login", "--demo", _demo.DemoFile, "--user", "anna.keller", "--realm", "staff")).ExitCode.ShouldBe(2);

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("login", "--demo", _demo.DemoFile, "--user", "nobody");
        exitCode.ShouldBe(2);
        error.ShouldContain("anna.keller, sam.officer");
    }

    [Fact]
    public async Task An_identity_that_is_away_is_told_as_unavailable()
    {
        await _demo.Corporate.DisposeAsync();

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("login", "--demo", _demo.DemoFile, "--user", "anna.keller");

        exitCode.ShouldBe(5);
        error.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task Help_tells_the_exit_codes()
    {
        var (exitCode, output, _) = await _demo.Corpsec.RunAsync("login", "--help");

        exitCode.ShouldBe(0);
        output.ShouldContain("6  not signed in");
        output.ShouldContain("corpsec login --demo .data/demo.json --user anna.keller");
    }
}
