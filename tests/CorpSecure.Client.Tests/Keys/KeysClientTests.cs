using System.Text.Json;
using CorpSecure.Client.Keys;
using CorpSecure.Client.Problems;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.Tests.Keys;

public sealed class KeysClientTests : IDisposable
{
    private const string Answer = """
        {"keyId":"k","name":"laptop","algorithm":"ed25519","state":"cooling-off","client":"acme","subject":"anna","createdAt":"2026-11-24T09:00:00Z","activeFrom":"2026-11-24T21:00:00Z"}
        """;

    private readonly TestAuthority _authority = new();

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    public void Dispose() => _authority.Dispose();

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task An_enrolment_is_signed_by_the_new_key_and_for_nothing_else(string name)
    {
        SignatureAlgorithm.TryFind(name, out var algorithm).ShouldBeTrue();
        using var key = SigningKey.Generate(algorithm);
        using var publicKey = key.ToVerificationKey();
        await using var client = await GatewayClient.StartAsync(_authority);
        client.Gateway.WillAnswer(Answer, 201);

        var enrolled = await new KeysClient(client.Http).EnrolAsync(key, "laptop");

        (enrolled.State, enrolled.ActiveFrom).ShouldBe(("cooling-off", new DateTimeOffset(2026, 11, 24, 21, 0, 0, TimeSpan.Zero)));
        var received = client.Gateway.Received.ShouldHaveSingleItem();
        (received.Method, received.Target).ShouldBe(("POST", "/gateway/v1/keys"));
        received.Signature.ShouldBeNull("nothing here can pass for an order");
        ReceivedSignature.TryRead(received["signature-input"], received["signature"], KeyEnrolment.Tag, out var signature, out _).ShouldBeTrue();
        new FapiRequestProfile().Check(signature!, KeyEnrolment.ShapeOf(hasDpop: false), client.Time.GetUtcNow()).ShouldBeNull();
        var message = InMemoryMessage.ForRequest("POST", received.Origin + received.Target);
        foreach (var (field, value) in received.Headers)
        {
            message.With(field, value);
        }
        signature!.Verify(message, publicKey).ShouldBeNull();
        using var body = JsonDocument.Parse(received.Body);
        using var sent = VerificationKey.FromJwk(body.RootElement.GetProperty("key"));
        (sent.KeyId, sent.Algorithm, body.RootElement.GetProperty("name").GetString()).ShouldBe((key.KeyId, algorithm, "laptop"));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_put_right_and_the_enrolment_signed_afresh()
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        await using var client = await GatewayClient.StartAsync(_authority);
        client.Gateway.WillRefuse("signature.from-the-future", 401, client.Time.GetUtcNow().AddMinutes(-5));
        client.Gateway.WillAnswer(Answer, 201);

        await new KeysClient(client.Http).EnrolAsync(key, "laptop");

        client.Gateway.Received.Count.ShouldBe(2);
        client.Gateway.Received.Last()["signature-input"]!.ShouldContain($"created={client.Time.GetUtcNow().AddMinutes(-5).ToUnixTimeSeconds()}");
    }

    [Fact]
    public async Task A_key_named_otherwise_than_by_its_thumbprint_is_not_sent()
    {
        using var key = SigningKey.Generate("mine");
        await using var client = await GatewayClient.StartAsync(_authority);
        await Should.ThrowAsync<ArgumentException>(() => new KeysClient(client.Http).EnrolAsync(key, "laptop"));
        client.Gateway.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("retire")]
    [InlineData("revoke")]
    public async Task To_end_a_key_no_key_is_needed(string verb)
    {
        await using var client = await GatewayClient.StartAsync(_authority);
        client.Gateway.WillAnswer(Answer);
        var keys = new KeysClient(client.Http);

        await (verb == "retire" ? keys.RetireAsync("a/../b") : keys.RevokeAsync("a/../b"));

        var received = client.Gateway.Received.ShouldHaveSingleItem();
        (received.Method, received.Target).ShouldBe(("POST", $"/gateway/v1/keys/a%2F..%2Fb/{verb}"));
        received["signature"].ShouldBeNull();
    }

    [Fact]
    public async Task A_refusal_is_a_problem_and_nonsense_is_told()
    {
        await using var client = await GatewayClient.StartAsync(_authority);
        client.Gateway.WillRefuse("acr.too-old", 401);
        client.Gateway.WillAnswer("<html>", contentType: "application/json");
        (await Should.ThrowAsync<ProblemException>(() => new KeysClient(client.Http).ListAsync())).Code.ShouldBe("acr.too-old");
        await Should.ThrowAsync<HttpRequestException>(() => new KeysClient(client.Http).ListAsync());
    }
}
