using System.Text.Json;

namespace CorpSecure.Cli.Tests.StepUp;

public sealed class StepUpTests : IAsyncLifetime
{
    private const string Strong = "urn:corpsecure:acr:mfa";

    private readonly DemoSystem _demo = new();

    public Task InitializeAsync() => _demo.InitializeAsync();

    public Task DisposeAsync() => _demo.DisposeAsync();

    [Fact]
    public async Task A_payment_that_needs_a_stronger_sign_in_gets_one_and_is_repeated()
    {
        await _demo.SignInAsync();
        var key = await KeyAsync();
        _demo.Gateway.WillChallenge(Strong, 300);

        var (exitCode, output, error) = await _demo.Corpsec.RunAsync("curl", "POST", "/corporate/v1/payments", "-d", "{}");

        (exitCode, output).ShouldBe((0, """{"ok":true}"""));
        error.ShouldContain("The bank asks for a sign-in with urn:corpsecure:acr:mfa, not longer ago than 300 s. Signing in again ...");
        error.ShouldContain("Signed in; repeating the request.");
        var wanted = _demo.Corporate.Pushed.Received.Last();
        (wanted["acr_values"], wanted["max_age"], wanted["scope"]).ShouldBe((Strong, "300", "corporate sessions offline_access"));
        var (first, second) = _demo.Gateway.Received.ToArray() is [var a, var b] ? (a, b) : throw new InvalidOperationException("two attempts");
        second["authorization"].ShouldNotBe(first["authorization"]);
        second["idempotency-key"].ShouldBe(first["idempotency-key"]);
        second.Proof.Thumbprint.ShouldBe(first.Proof.Thumbprint);
        (await KeyAsync()).ShouldBe(key);
        (await LoginAsync()).GetProperty("accessToken").GetString().ShouldBe(second["authorization"]!["DPoP ".Length..]);
        (await LoginAsync()).GetProperty("signingKeyId").GetString().ShouldBe("anna-1");
    }

    [Fact]
    public async Task A_command_that_is_not_curl_steps_up_too()
    {
        await _demo.SignInAsync("sam.officer");
        _demo.Ops.WillChallenge(Strong, 0);
        _demo.Ops.WillAnswer("""{"decisions":[],"next":null}""");

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("decisions", "list");

        exitCode.ShouldBe(0);
        error.ShouldContain("Signing in again ...");
    }

    [Fact]
    public async Task Where_nobody_watches_and_no_demo_user_is_known_the_refusal_stands_and_tells_what_to_do()
    {
        await _demo.SignInAsync();
        var login = Path.Combine(_demo.Home, "default", "corporate.login.json");
        await File.WriteAllTextAsync(login, (await File.ReadAllTextAsync(login)).Replace("anna.keller", "", StringComparison.Ordinal).Replace("\"demoUser\": \"\"", "\"demoUser\": null", StringComparison.Ordinal));
        _demo.Gateway.WillChallenge(Strong, 300);

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts");

        exitCode.ShouldBe(4);
        error.ShouldContain("corpsec login");
        _demo.Gateway.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_user_who_signs_in_does_not_get_the_request()
    {
        await _demo.SignInAsync();
        _demo.Corporate.Subject = "user-somebody-else";
        _demo.Gateway.WillChallenge(Strong, 300);

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("curl", "POST", "/corporate/v1/payments", "-d", "{}");

        exitCode.ShouldBe(4);
        error.ShouldContain("Another user has signed in.");
        _demo.Gateway.Received.Count.ShouldBe(1);
        (await _demo.Corpsec.RunAsync("whoami")).Out.ShouldContain("user-anna");
    }

    private Task<string> KeyAsync() => File.ReadAllTextAsync(Path.Combine(_demo.Home, "default", "corporate.dpop.pem"));

    private async Task<JsonElement> LoginAsync()
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_demo.Home, "default", "corporate.login.json")));
        return document.RootElement.Clone();
    }
}
