using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CorpSecure.Client.Problems;
using CorpSecure.Client.Tests.Fakes;

namespace CorpSecure.Client.Tests.Signatures;

public sealed class ClockSkewTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private GatewayClient _client = null!;

    private DateTimeOffset GatewayTime => _client.Time.GetUtcNow().AddMinutes(7);

    public async Task InitializeAsync() => _client = await GatewayClient.StartAsync(_authority);

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("signature.expired", 401)]
    [InlineData("signature.from-the-future", 401)]
    [InlineData("signature.expired", 400)]
    public async Task A_wrong_clock_is_put_right_and_the_request_repeated_once(string code, int status)
    {
        _client.Gateway.WillRefuse(code, status, GatewayTime);

        var response = await PayAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (first, second) = TwoAttempts();
        second["idempotency-key"].ShouldBe(first["idempotency-key"]);
        second.Body.ShouldBe(first.Body);
        second.Signature!.Nonce.ShouldNotBe(first.Signature!.Nonce);
        second.Signature.Created.ShouldBe(GatewayTime);
        second.FaultOf(_client.PublicKey, GatewayTime).ShouldBeNull();
    }

    [Fact]
    public async Task A_second_refusal_stands()
    {
        _client.Gateway.WillRefuse("signature.expired", 401, GatewayTime);
        _client.Gateway.WillRefuse("signature.expired", 401, GatewayTime);

        var response = await PayAsync();

        (await response.ReadProblemAsync())!.Code.ShouldBe("signature.expired");
        _client.Gateway.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_learnt_about_the_clock_serves_later_requests()
    {
        _client.Gateway.WillRefuse("signature.expired", 401, GatewayTime);
        await PayAsync();
        _client.Gateway.Received.Clear();

        await PayAsync();

        _client.Gateway.Received.ShouldHaveSingleItem().Signature!.Created.ShouldBe(GatewayTime);
    }

    [Theory]
    [InlineData("signature.invalid", 401)]
    [InlineData("signature.expired", 403)]
    [InlineData("limit.exceeded", 429)]
    public async Task No_other_refusal_is_repeated(string code, int status)
    {
        _client.Gateway.WillRefuse(code, status, GatewayTime);

        ((int)(await PayAsync()).StatusCode).ShouldBe(status);
        _client.Gateway.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_tells_no_time_is_not_repeated()
    {
        await using var client = await GatewayClient.StartAsync(_authority, options => (options.DpopKey, options.ClientCertificate) = (null, _authority.Client));
        client.Gateway.WillRefuse("signature.expired", 401, GatewayTime);

        await client.Http.GetAsync("/corporate/v1/accounts");

        client.Gateway.Received.Count.ShouldBe(1);
    }

    private (ReceivedRequest First, ReceivedRequest Second) TwoAttempts()
    {
        var attempts = _client.Gateway.Received.ToArray();
        attempts.Length.ShouldBe(2);
        return (attempts[0], attempts[1]);
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
