using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CorpSecure.Client.Problems;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.Options;

namespace CorpSecure.Client.Tests.Dpop;

public sealed class DpopHandlerTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private GatewayClient _client = null!;

    private FakeProofs Proofs => _client.Gateway.Proofs;

    public async Task InitializeAsync() => _client = await GatewayClient.StartAsync(_authority);

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("/corporate/v1/accounts?limit=5&cursor=a%2Fb")]
    [InlineData("/corporate/v1/payees/Müller%20华新?x=#part")]
    [InlineData("/")]
    public async Task A_read_carries_a_proof_for_its_own_token_and_address(string path)
    {
        await _client.Http.GetAsync(path);

        var received = _client.Gateway.Received.ShouldHaveSingleItem();
        received["authorization"].ShouldBe("DPoP " + GatewayClient.Token);
        received.ProofFault(_client.DpopKey, _client.Time.GetUtcNow()).ShouldBe(DpopFault.None);
        received.Proof.IssuedAt.ShouldBe(_client.Time.GetUtcNow());
        received.Proof.Nonce.ShouldBeNull();
    }

    [Fact]
    public async Task Each_request_has_a_proof_of_its_own()
    {
        for (var i = 0; i < 3; i++)
        {
            await _client.Http.GetAsync("/corporate/v1/accounts");
        }

        _client.Gateway.Received.Select(received => received.Proof.Id).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_payment_is_repeated_with_the_nonce_and_its_signature_covers_the_new_proof()
    {
        Proofs.Nonce = "n-1";

        (await PayAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);

        var (first, second) = _client.Gateway.Received.ToArray() is [var a, var b] ? (a, b) : throw new InvalidOperationException("two attempts");
        (first.Proof.Nonce, second.Proof.Nonce).ShouldBe((null, "n-1"));
        second.Proof.Id.ShouldNotBe(first.Proof.Id);
        second.Body.ShouldBe(first.Body);
        second["idempotency-key"].ShouldBe(first["idempotency-key"]);
        second.Signature!.Nonce.ShouldNotBe(first.Signature!.Nonce);
        second["signature-input"]!.ShouldContain("\"dpop\"");
        second.FaultOf(_client.PublicKey, _client.Time.GetUtcNow()).ShouldBeNull();
        second.ProofFault(_client.DpopKey, _client.Time.GetUtcNow()).ShouldBe(DpopFault.None);
    }

    [Fact]
    public async Task The_last_nonce_is_kept_and_a_new_one_taken_from_any_answer()
    {
        Proofs.Nonce = "n-1";
        await _client.Http.GetAsync("/corporate/v1/accounts");
        await _client.Http.GetAsync("/corporate/v1/accounts");
        Proofs.SentBack.ShouldBe(1);

        _client.Gateway.Answers.Enqueue(context =>
        {
            context.Response.Headers["DPoP-Nonce"] = "n-2";
            return Task.CompletedTask;
        });
        await _client.Http.GetAsync("/corporate/v1/accounts");
        Proofs.Nonce = "n-2";
        await _client.Http.GetAsync("/corporate/v1/accounts");

        Proofs.SentBack.ShouldBe(1);
    }

    [Fact]
    public async Task A_gateway_that_refuses_its_own_nonce_is_asked_twice_and_no_more()
    {
        Proofs.Nonce = "n-1";
        await _client.Http.GetAsync("/corporate/v1/accounts");
        _client.Gateway.Received.Clear();
        foreach (var nonce in new[] { "a", "b", "c" })
        {
            _client.Gateway.Answers.Enqueue(context => WantNonceAsync(context, nonce));
        }

        var answer = await _client.Http.GetAsync("/corporate/v1/accounts");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _client.Gateway.Received.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("no nonce", "DPoP error=\"use_dpop_nonce\"", null)]
    [InlineData("two", "DPoP error=\"use_dpop_nonce\"", "a,b")]
    [InlineData("not a nonce", "DPoP error=\"use_dpop_nonce\"", "a\"b")]
    [InlineData("another error", "DPoP error=\"invalid_dpop_proof\"", "a")]
    [InlineData("another scheme", "Bearer error=\"use_dpop_nonce\"", "a")]
    [InlineData("malformed", "DPoP error=\"use_dpop_nonce\", error=\"x\"", "a")]
    public async Task Nothing_else_is_repeated(string what, string challenge, string? nonce)
    {
        _client.Gateway.Answers.Enqueue(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = challenge;
            context.Response.Headers["DPoP-Nonce"] = nonce?.Split(',');
            return Task.CompletedTask;
        });

        await _client.Http.GetAsync("/corporate/v1/accounts");

        _client.Gateway.Received.Count.ShouldBe(1, what);
    }

    [Theory]
    [InlineData("dpop.stale")]
    [InlineData("dpop.from-the-future")]
    public async Task A_wrong_clock_is_put_right_for_proofs_too(string code)
    {
        var gatewayTime = _client.Time.GetUtcNow().AddMinutes(-7);
        _client.Gateway.WillRefuse(code, 401, gatewayTime);

        (await _client.Http.GetAsync("/corporate/v1/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);

        _client.Gateway.Received.Last().Proof.IssuedAt.ShouldBe(gatewayTime);
    }

    [Fact]
    public async Task A_token_bound_to_the_certificate_goes_as_bearer_with_the_certificate_and_no_proof()
    {
        await using var client = await GatewayClient.StartAsync(_authority, options => (options.DpopKey, options.ClientCertificate) = (null, _authority.Client));
        string? shown = null;
        client.Gateway.Answers.Enqueue(async context => shown = (await context.Connection.GetClientCertificateAsync())?.Thumbprint);

        await client.Http.GetAsync("/corporate/v1/accounts");

        var received = client.Gateway.Received.ShouldHaveSingleItem();
        (received["authorization"], received["dpop"]).ShouldBe(("Bearer " + GatewayClient.Token, null));
        shown.ShouldBe(_authority.Client.Thumbprint);
    }

    [Fact]
    public async Task A_proof_that_the_application_put_there_is_not_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/corporate/v1/accounts");
        request.Headers.TryAddWithoutValidation("DPoP", "of.another.request");

        await _client.Http.SendAsync(request);

        _client.Gateway.Received.Single().ProofFault(_client.DpopKey, _client.Time.GetUtcNow()).ShouldBe(DpopFault.None);
    }

    [Theory]
    [InlineData("rsa-pss-sha512")]
    [InlineData("ecdsa-p384-sha384")]
    public async Task A_key_that_cannot_make_proofs_is_told_when_the_client_is_made(string algorithm)
    {
        SignatureAlgorithm.TryFind(algorithm, out var found).ShouldBeTrue();
        using var key = SigningKey.Generate("k", found);
        await using var client = await GatewayClient.StartAsync(_authority, options => options.DpopKey = key);

        Should.Throw<OptionsValidationException>(() => client.Http).Message.ShouldContain("ES256, PS256");
    }

    private static Task WantNonceAsync(Microsoft.AspNetCore.Http.HttpContext context, string nonce)
    {
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = "DPoP error=\"use_dpop_nonce\"";
        context.Response.Headers["DPoP-Nonce"] = nonce;
        return Task.CompletedTask;
    }

    /// <summary>The body is a stream that can be read once.</summary>
    private Task<HttpResponseMessage> PayAsync()
    {
        var body = new StreamContent(new OnceOnly(Encoding.UTF8.GetBytes("""{"amount":"1.00"}""")));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return _client.Http.PostAsync("/corporate/v1/payments", body);
    }

    private sealed class OnceOnly(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
