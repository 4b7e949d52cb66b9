using System.Security.Cryptography;
using System.Text;
using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;
using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Problems;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.DevHost.Tour;

/// <summary>Sends requests exactly as the story wants them, good and spoilt.</summary>
internal sealed class TourClient(DemoDocument demo, TimeProvider time) : IDisposable
{
    private readonly HttpClient http = new(GatewayTransport.Create(demo.CaFile));

    public async Task<TourAnswer> SendAsync(TourRequest request, CancellationToken cancellation)
    {
        using var message = Build(request);
        using var response = await http.SendAsync(message, cancellation);
        var content = await response.Content.ReadAsByteArrayAsync(cancellation);
        var id = response.Headers.TryGetValues(HeaderNames.DecisionId, out var values) ? Guid.Parse(values.Single()) : Guid.Empty;
        return new TourAnswer((int)response.StatusCode, response.IsSuccessStatusCode ? null : ProblemDocument.TryParse(content)?.Code, id);
    }

    /// <summary>A payment of the demo's maker, signed unless no key is named. The nonce is made here: sent twice it is a replay.</summary>
    public TourRequest Payment(string token, string? keyId)
    {
        var body = """{"debtorAccount":"acc-acme-001","creditor":{"name":"Nordwind Shipping AB","account":"SE4550000000058398257466"},"amount":"12.50","currency":"EUR","reference":"TOUR"}""";
        var request = new TourRequest(HttpMethod.Post, demo.Addresses.Gateway + "/corporate/v1/payments", token)
        {
            Body = Encoding.UTF8.GetBytes(body),
        };
        request.Headers["Content-Type"] = "application/json";
        request.Headers["Content-Digest"] = ContentDigest.Sha256(request.Body);
        request.Headers["Idempotency-Key"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (keyId is not null)
            Sign(request, keyId);
        return request;
    }

    public void Dispose() => http.Dispose();

    private void Sign(TourRequest request, string keyId)
    {
        using var key = SigningKey.FromPem(keyId, File.ReadAllText(demo.SigningKeys.Single(entry => entry.KeyId == keyId).File));
        var message = InMemoryMessage.ForRequest(request.Method.Method, request.Address).With("authorization", "Bearer " + request.Token);
        foreach (var (name, value) in request.Headers)
            message.With(name.ToLowerInvariant(), value);
        var signed = new MessageSigner(key).Sign(
            message,
            new FapiRequestProfile().Components(new RequestShape(HasBody: true, HasDpop: false, NeedsIdempotencyKey: true)),
            new SignatureParameters { Created = time.GetUtcNow(), Nonce = SignatureNonce.Create(), Tag = FapiRequestProfile.Tag });
        request.Headers["Signature-Input"] = signed.SignatureInput;
        request.Headers["Signature"] = signed.Signature;
    }

    private static HttpRequestMessage Build(TourRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Address);
        if (request.Token is not null)
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + request.Token);
        if (request.Body is not null)
            message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}

internal sealed record TourRequest(HttpMethod Method, string Address, string? Token)
{
    public Dictionary<string, string> Headers { get; } = [];

    public byte[]? Body { get; init; }
}
