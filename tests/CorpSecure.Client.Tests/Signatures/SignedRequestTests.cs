using System.Net.Http.Headers;
using System.Text;
using CorpSecure.Client.Tests.Fakes;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Client.Tests.Signatures;

public sealed class SignedRequestTests : IDisposable
{
    private const string Payment = """{"amount":"1250.00","creditor":{"name":"华新贸易有限公司"}}""";
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_payment_verifies_with_the_gateways_own_verifier()
    {
        await using var client = await GatewayClient.StartAsync(_authority);

        var response = await client.Http.PostAsync("/corporate/v1/payments", Json(Payment));

        response.EnsureSuccessStatusCode();
        var received = client.Gateway.Received.ShouldHaveSingleItem();
        received.FaultOf(client.PublicKey, client.Time.GetUtcNow()).ShouldBeNull();
        received.Signature!.Created.ShouldBe(client.Time.GetUtcNow());
        received.Signature.Nonce!.Length.ShouldBe(22);
        received["authorization"].ShouldBe("DPoP " + GatewayClient.Token);
        Guid.TryParse(received["idempotency-key"], out _).ShouldBeTrue();
        Encoding.UTF8.GetString(received.Body).ShouldBe(Payment);
    }

    [Theory]
    [InlineData("/corporate/v1/accounts?limit=5&cursor=a%2Fb%20c")]
    [InlineData("/corporate/v1/payees?name=Müller 华新")]
    [InlineData("/")]
    public async Task The_signed_target_is_the_one_on_the_wire(string path)
    {
        await using var client = await GatewayClient.StartAsync(_authority, options => options.SignSafeMethods = true);

        await client.Http.GetAsync(path);

        client.Gateway.Received.Single().FaultOf(client.PublicKey, client.Time.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task A_read_is_signed_only_when_asked_for_and_gets_no_idempotency_key()
    {
        await using var client = await GatewayClient.StartAsync(_authority);

        await client.Http.GetAsync("/corporate/v1/accounts");

        var received = client.Gateway.Received.Single();
        received["signature"].ShouldBeNull();
        received["idempotency-key"].ShouldBeNull();
        received["authorization"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Every_unsafe_method_is_signed(string method)
    {
        await using var client = await GatewayClient.StartAsync(_authority);

        await client.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/corporate/v1/things/1"));

        client.Gateway.Received.Single().FaultOf(client.PublicKey, client.Time.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task A_given_idempotency_key_is_kept()
    {
        await using var client = await GatewayClient.StartAsync(_authority);
        var request = new HttpRequestMessage(HttpMethod.Post, "/corporate/v1/payments") { Content = Json(Payment) };
        request.Headers.Add("Idempotency-Key", "order-4711");

        await client.Http.SendAsync(request);

        var received = client.Gateway.Received.Single();
        received["idempotency-key"].ShouldBe("order-4711");
        received.FaultOf(client.PublicKey, client.Time.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task A_body_without_a_content_type_is_not_sent()
    {
        await using var client = await GatewayClient.StartAsync(_authority);
        var request = new HttpRequestMessage(HttpMethod.Post, "/corporate/v1/payments") { Content = new ByteArrayContent([1]) };

        (await Should.ThrowAsync<InvalidOperationException>(() => client.Http.SendAsync(request))).Message.ShouldContain("Content-Type");
        client.Gateway.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_body_needs_no_digest()
    {
        await using var client = await GatewayClient.StartAsync(_authority);

        await client.Http.PostAsync("/corporate/v1/things", new ByteArrayContent([]));

        client.Gateway.Received.Single().FaultOf(client.PublicKey, client.Time.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_key_nothing_is_signed_but_the_digest_is_there()
    {
        await using var client = await GatewayClient.StartAsync(_authority, options => options.SigningKey = null);

        await client.Http.PostAsync("/corporate/v1/payments", Json(Payment));

        client.Gateway.Received.Single()["signature"].ShouldBeNull();
        client.Gateway.Received.Single()["content-digest"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_signature_base_is_logged_at_debug_level_and_the_token_nowhere()
    {
        await using var client = await GatewayClient.StartAsync(_authority);
        client.Gateway.WillRefuse("signature.expired", 401, client.Time.GetUtcNow());

        await client.Http.PostAsync("/corporate/v1/payments", Json(Payment));

        var signed = client.Log.Lines.Where(line => line.Text.Contains("@signature-params", StringComparison.Ordinal)).ToList();
        signed.Count.ShouldBe(2);
        signed.ShouldAllBe(line => line.Level == LogLevel.Debug && line.Text.Contains("\"authorization\": [redacted]", StringComparison.Ordinal));
        client.Log.Lines.ShouldNotContain(line => line.Text.Contains(GatewayClient.Token, StringComparison.Ordinal));
    }

    private static ByteArrayContent Json(string text) =>
        new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
