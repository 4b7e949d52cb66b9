using System.Text;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.Tests.Curl;

public sealed class CurlTests : IAsyncLifetime
{
    private readonly DemoSystem _demo = new();

    public Task InitializeAsync() => _demo.InitializeAsync();

    public Task DisposeAsync() => _demo.DisposeAsync();

    [Fact]
    public async Task After_a_login_a_read_just_works()
    {
        await _demo.SignInAsync();

        var (exitCode, output, error) = await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts?limit=5");

        (exitCode, output, error).ShouldBe((0, """{"ok":true}""", ""));
        var received = _demo.Gateway.Received.ShouldHaveSingleItem();
        received.Target.ShouldBe("/corporate/v1/accounts?limit=5");
        received["authorization"]!.ShouldStartWith("DPoP ey");
        using var key = SigningKey.FromPem("dpop", await File.ReadAllTextAsync(Path.Combine(_demo.Home, "default", "corporate.dpop.pem")));
        received.ProofFault(key, TimeProvider.System.GetUtcNow()).ShouldBe(DpopFault.None);
    }

    [Fact]
    public async Task A_payment_from_a_file_is_signed_with_the_users_key()
    {
        await _demo.SignInAsync();
        var file = Path.Combine(_demo.Authority.Folder, "payment.json");
        await File.WriteAllTextAsync(file, """{"amount":"1.00"}""");

        (await _demo.Corpsec.RunAsync("curl", "post", "/corporate/v1/payments", "-d", "@" + file, "--idempotency-key", "k-1")).ExitCode.ShouldBe(0);

        var received = _demo.Gateway.Received.Single();
        received.FaultOf(_demo.PublicKey, TimeProvider.System.GetUtcNow()).ShouldBeNull();
        received["idempotency-key"].ShouldBe("k-1");
        received["content-type"].ShouldBe("application/json");
        Encoding.UTF8.GetString(received.Body).ShouldBe("""{"amount":"1.00"}""");
    }

    [Fact]
    public async Task Another_key_headers_and_the_head_of_the_answer_can_be_asked_for()
    {
        await _demo.SignInAsync();

        var (exitCode, output, _) = await _demo.Corpsec.RunAsync(
            "curl", "GET", $"{_demo.Gateway.Address}corporate/v1/accounts", "-i", "--key", "anna-0", "-H", "Accept: application/json", "-H", "X-One: 1");

        exitCode.ShouldBe(0);
        output.ShouldStartWith("HTTP/");
        output.ShouldContain("Corpsecure-Decision-Id: ", Case.Insensitive);
        output.ShouldEndWith("""{"ok":true}""");
        var received = _demo.Gateway.Received.Single();
        received.FaultOf(_demo.RevokedPublicKey, TimeProvider.System.GetUtcNow()).ShouldBeNull();
        received["x-one"].ShouldBe("1");
    }

    [Fact]
    public async Task Unsigned_on_request()
    {
        await _demo.SignInAsync();

        await _demo.Corpsec.RunAsync("curl", "POST", "/corporate/v1/payments", "-d", "{}", "--no-sign");

        _demo.Gateway.Received.Single()["signature"].ShouldBeNull();
    }

    [Theory]
    [InlineData(403, "entitlement.missing", 4)]
    [InlineData(503, "ledger.unavailable", 5)]
    public async Task A_problem_is_told_on_standard_error_with_its_decision(int status, string code, int expected)
    {
        await _demo.SignInAsync();
        _demo.Gateway.WillRefuse(code, status, detail: "because\u001b[31m");

        var (exitCode, output, error) = await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts");

        exitCode.ShouldBe(expected);
        output.ShouldBeEmpty();
        error.ShouldContain(code);
        error.ShouldContain("because");
        error.ShouldContain(FakeGateway.DecisionId.ToString());
        error.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task The_token_goes_nowhere_but_to_the_two_addresses_of_the_profile()
    {
        await _demo.SignInAsync();
        await using var foreign = await FakeGateway.StartAsync(_demo.Authority);

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("curl", "GET", foreign.Address.AbsoluteUri);

        exitCode.ShouldBe(2);
        error.ShouldContain("gets no token");
        foreign.Received.ShouldBeEmpty();
        (await _demo.Corpsec.RunAsync("curl", "GET", $"//{foreign.Address.Authority}/x")).ExitCode.ShouldBe(0);
        foreign.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_signed_can_be_seen_and_the_token_cannot()
    {
        await _demo.SignInAsync();

        var (_, _, error) = await _demo.Corpsec.RunAsync("curl", "POST", "/corporate/v1/payments", "-d", "{}", "--verbose");

        error.ShouldContain("\"@method\": POST");
        error.ShouldContain("\"authorization\": [redacted]");
        error.ShouldContain("\"dpop\": [redacted]");
        error.ShouldNotContain("DPoP ey");
    }

    [Theory]
    [InlineData("curl", "GET", "/corporate/v1/accounts")]
    [InlineData("decisions", "list")]
    public async Task Without_a_login_the_exit_code_says_so(params string[] arguments)
    {
        var (exitCode, _, error) = await _demo.Corpsec.RunAsync(arguments);

        exitCode.ShouldBe(6);
        error.ShouldContain("corpsec login");
    }

    [Fact]
    public async Task An_expired_login_is_renewed_and_kept_and_where_that_is_refused_it_is_told()
    {
        _demo.Corporate.ExpiresIn = 1;
        await _demo.SignInAsync();

        (await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts")).ExitCode.ShouldBe(0);
        _demo.Corporate.TokenRequests.Last()["grant_type"].ShouldBe("refresh_token");
        (await File.ReadAllTextAsync(Path.Combine(_demo.Home, "default", "corporate.login.json"))).ShouldContain("refresh-1");
        _demo.Corporate.TokenRequests.Last()["scope"].ShouldBe("corporate offline_access", "a token for the bank is not one for the sessions");

        _demo.Corporate.TokenError = "invalid_grant";
        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts");
        exitCode.ShouldBe(6);
        error.ShouldContain("Your session has ended, sign in again: corpsec login");
    }

    [Theory]
    [InlineData("token.revoked", 6, "Your session has ended, sign in again: corpsec login")]
    [InlineData("token.binding", 4, "corpsec login")]
    [InlineData("dpop.nonce-old", 4, "tell whoever runs it")]
    public async Task A_token_that_counts_no_more_is_told_apart(string code, int expected, string advice)
    {
        await _demo.SignInAsync();
        _demo.Gateway.WillRefuse(code, 401);

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts");

        exitCode.ShouldBe(expected);
        error.ShouldContain(advice);
    }

    [Fact]
    public async Task A_nonce_that_is_asked_for_costs_a_second_attempt_and_no_more()
    {
        await _demo.SignInAsync();
        _demo.Gateway.Proofs.Nonce = "n-1";

        (await _demo.Corpsec.RunAsync("curl", "POST", "/corporate/v1/payments", "-d", "{}")).ExitCode.ShouldBe(0);

        _demo.Gateway.Received.Count.ShouldBe(2);
        _demo.Gateway.Received.Last().FaultOf(_demo.PublicKey, TimeProvider.System.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task A_gateway_that_is_away_is_told_as_unavailable()
    {
        await _demo.SignInAsync();
        await _demo.Gateway.DisposeAsync();

        (await _demo.Corpsec.RunAsync("curl", "GET", "/corporate/v1/accounts")).ExitCode.ShouldBe(5);
    }

    [Theory]
    [InlineData("GET", "accounts")]
    [InlineData("GE T", "/corporate/v1/accounts")]
    [InlineData("GET", "/x", "-H", "Authorization: Bearer mine")]
    [InlineData("GET", "/x", "-H", "DPoP: of.another.request")]
    [InlineData("GET", "/x", "-H", "nonsense")]
    [InlineData("GET", "/x", "--key", "unknown")]
    [InlineData("GET", "/x", "--key", "anna-1", "--no-sign")]
    [InlineData("POST", "/x", "-d", "@/no/such/file")]
    [InlineData("POST")]
    public async Task Wrong_usage_is_told_and_nothing_is_sent(params string[] arguments)
    {
        await _demo.SignInAsync();

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync(["curl", .. arguments]);

        exitCode.ShouldBe(2);
        error.ShouldNotBeEmpty();
        _demo.Gateway.Received.ShouldBeEmpty();
    }
}
