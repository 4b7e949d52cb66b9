using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Signatures;

/// <summary>A signature is good for the very message it was made for.</summary>
[Collection(GatewayCollection.Name)]
public sealed class SignatureScopeTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    [Fact]
    public Task For_no_other_target()
    {
        var request = Payment().Build();
        request.RequestUri = new Uri(request.RequestUri + "?limit=1");
        return InvalidAsync(request);
    }

    [Fact]
    public Task For_no_other_account()
    {
        var other = World.Api + "/corporate/v1/accounts/acc-acme-002";
        var request = ARequest.Get(World, "/corporate/v1/accounts/acc-acme-001").By("anna").SignedBy("anna-1");
        request.ProofSays = claims => claims with { Target = other };
        var message = request.Build();
        message.RequestUri = new Uri(other);
        return InvalidAsync(message);
    }

    [Fact]
    public Task For_no_other_method()
    {
        var request = new ARequest(World, HttpMethod.Post, "/corporate/v1/accounts") { ProofSays = claims => claims with { Method = "GET" } };
        var message = request.By("anna").SignedBy("anna-1").Build();
        message.Method = HttpMethod.Get;
        return InvalidAsync(message);
    }

    [Fact]
    public Task For_no_other_origin()
    {
        var request = Payment();
        request.Origin = "https://bank.example";
        request.ProofSays = claims => claims with { Target = World.Api + "/corporate/v1/payments" };
        var message = request.Build();
        message.RequestUri = new Uri(World.Api + "/corporate/v1/payments");
        return InvalidAsync(message);
    }

    [Fact]
    public Task With_no_other_token() => InvalidAsync(Payment().Build().WithToken(People.Token(World, "anna")));

    [Fact]
    public Task With_no_other_idempotency_key() => InvalidAsync(Payment().Build().Rewrite("Idempotency-Key", _ => Guid.NewGuid().ToString()));

    [Fact]
    public Task With_no_other_digest()
    {
        var request = Payment().Build();
        request.Content!.Headers.Remove("Content-Digest");
        request.Content.Headers.TryAddWithoutValidation("Content-Digest", CorpSecure.Protocol.Digests.ContentDigest.Sha256("{}"u8));
        return InvalidAsync(request);
    }

    [Theory]
    [InlineData("sig=:AAAA:")]
    [InlineData("sig=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==:")]
    public Task With_no_other_signature(string signature) => InvalidAsync(Payment().Build().Rewrite("Signature", _ => signature));

    [Fact]
    public async Task A_good_signature_on_a_read_is_accepted()
    {
        (await World.SendAsync(ARequest.Get(World, "/corporate/v1/accounts?limit=2").By("anna").SignedBy("anna-1"))).Status.ShouldBe(200);
    }

    private ARequest Payment() => ARequest.PaymentBy(World, "anna", "anna-1");

    private Task<Answer> InvalidAsync(HttpRequestMessage request) => World.ShouldRefuseAsync(request, 401, "signature.invalid");
}
