using System.Security.Cryptography;
using System.Text;
using CorpSecure.Client.StepUp;
using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;
using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Problems;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.DevHost.Tour;

/// <summary>Sends requests exactly as the story wants them, good and spoilt.</summary>
internal sealed class TourClient(DemoDocument demo, TourNonces nonces, TimeProvider time) : IDisposable
{
    private readonly HttpClient http = new(GatewayTransport.Create(demo.CaFile));

    public async Task<TourAnswer> SendAsync(TourRequest request, CancellationToken cancellation)
    {
        using var message = Build(request);
        using var response = await http.SendAsync(message, cancellation);
        nonces.Learn(OriginOf(request.Address), response);
        var content = await response.Content.ReadAsByteArrayAsync(cancellation);
        var id = response.Headers.TryGetValues(HeaderNames.DecisionId, out var values) ? Guid.Parse(values.Single()) : Guid.Empty;
        return new TourAnswer((int)response.StatusCode, response.IsSuccessStatusCode ? null : ProblemDocument.TryParse(content)?.Code, id)
        {
            Challenge = StepUpChallenge.Of(response),
        };
    }

    /// <summary>A read, with a proof made here: sent twice it is a replay.</summary>
    public async Task<TourRequest> ReadAsync(string address, TourCaller? caller, CancellationToken cancellation)
    {
        var request = new TourRequest(HttpMethod.Get, address);
        if (caller is not null)
            await AuthorizeAsync(request, caller, cancellation);
        return request;
    }

    /// <summary>A payment of the demo's maker, signed unless no key is named. Proof and nonce are made here: sent twice it is a replay.</summary>
    public async Task<TourRequest> PaymentAsync(TourCaller caller, string? keyId, CancellationToken cancellation, string account = "acc-acme-001", string currency = "EUR")
    {
        var request = new TourRequest(HttpMethod.Post, demo.Addresses.Gateway + "/corporate/v1/payments") { Body = Encoding.UTF8.GetBytes(PaymentBody(account, currency)) };
        await AuthorizeAsync(request, caller, cancellation);
        request.Headers["Content-Type"] = "application/json";
        request.Headers["Content-Digest"] = ContentDigest.Sha256(request.Body);
        request.Headers["Idempotency-Key"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (keyId is not null)
            Sign(request, keyId);
        return request;
    }

    public static string PaymentBody(string account, string currency) =>
        $$"""{"debtorAccount":"{{account}}","creditor":{"name":"Nordwind Shipping AB","account":"SE4550000000058398257466"},"amount":"12.50","currency":"{{currency}}","reference":"TOUR"}""";

    /// <summary>Puts token and proof in, the proof with or without the door's nonce.</summary>
    public async Task AuthorizeAsync(TourRequest request, TourCaller caller, CancellationToken cancellation, bool withNonce = true)
    {
        request.Headers["Authorization"] = caller.Authorization;
        if (caller.Key is { } key)
            request.Headers["DPoP"] = Prove(request, caller.Token, key, withNonce ? await NonceAsync(OriginOf(request.Address), caller, cancellation) : null);
    }

    public void Dispose() => http.Dispose();

    /// <summary>A door tells its nonce to whoever comes with a proof that has none.</summary>
    private async Task<string?> NonceAsync(string origin, TourCaller caller, CancellationToken cancellation)
    {
        if (nonces.Of(origin) is { } known)
            return known;
        var question = new TourRequest(HttpMethod.Get, origin + "/corporate/v1/accounts");
        await AuthorizeAsync(question, caller, cancellation, withNonce: false);
        await SendAsync(question, cancellation);
        return nonces.Of(origin);
    }

    private string Prove(TourRequest request, string token, SigningKey key, string? nonce) => DpopProof.Create(
        key,
        new DpopClaims(request.Method.Method, request.Address.Split('?')[0], time.GetUtcNow(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)))
        {
            TokenHash = DpopProof.TokenHash(token),
            Nonce = nonce,
        });

    private void Sign(TourRequest request, string keyId)
    {
        using var key = SigningKey.FromPem(keyId, File.ReadAllText(demo.SigningKeys.Single(entry => entry.KeyId == keyId).File));
        var message = InMemoryMessage.ForRequest(request.Method.Method, request.Address);
        foreach (var (name, value) in request.Headers)
            message.With(name.ToLowerInvariant(), value);
        var signed = new MessageSigner(key).Sign(
            message,
            new FapiRequestProfile().Components(new RequestShape(HasBody: true, HasDpop: request.Headers.ContainsKey("DPoP"), NeedsIdempotencyKey: true)),
            new SignatureParameters { Created = time.GetUtcNow(), Nonce = SignatureNonce.Create(), Tag = FapiRequestProfile.Tag });
        request.Headers["Signature-Input"] = signed.SignatureInput;
        request.Headers["Signature"] = signed.Signature;
    }

    private static HttpRequestMessage Build(TourRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Address);
        if (request.Body is not null)
            message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static string OriginOf(string address) => new Uri(address).GetLeftPart(UriPartial.Authority);
}

internal sealed record TourRequest(HttpMethod Method, string Address)
{
    public Dictionary<string, string> Headers { get; } = [];

    public byte[]? Body { get; init; }
}
