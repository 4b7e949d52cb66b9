using System.Security.Cryptography;
using System.Text;
using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Problems;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>Builds a request as a client would, and lets a test spoil one thing.</summary>
public sealed class ARequest(GatewayWorld world, HttpMethod method, string target)
{
    private const string Payment = """{"debtorAccount":"acc-acme-001","creditor":{"name":"Bolt & Sons","account":"DE89370400440532013000"},"amount":"1250.00","currency":"EUR","reference":"INV-1"}""";

    private readonly List<(string Name, string Value)> headers = [];
    private string? token;
    private byte[]? body;
    private string? signWith;
    private byte[]? sentBody;

    internal static readonly HttpRequestOptionsKey<ARequest> Key = new("built-by");

    public string Nonce { get; set; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public DateTimeOffset Created { get; set; } = world.Clock.GetUtcNow();

    public List<ComponentIdentifier>? Components { get; set; }

    /// <summary>When proofs are made; null: now.</summary>
    public DateTimeOffset? ProvenAt { get; set; }

    /// <summary>The key that proves; null: the one that the token is bound to.</summary>
    public SoftwareSigningKey? ProofKey { get; set; }

    /// <summary>What the proof says otherwise.</summary>
    public Func<DpopClaims, DpopClaims> ProofSays { get; set; } = claims => claims;

    /// <summary>What is sent for a proof instead of a good one.</summary>
    public Func<string, string?> ProofSent { get; set; } = proof => proof;

    public string? Scheme { get; set; }

    public string Origin { get; set; } = world.Api;

    public string Tag { get; set; } = FapiRequestProfile.Tag;

    public string ContentType { get; set; } = "application/json";

    /// <summary>What is signed and sent instead of the body's real digest.</summary>
    public string? Digest { get; set; }

    public static ARequest Get(GatewayWorld world, string target) => new(world, HttpMethod.Get, target);

    public static ARequest PaymentBy(GatewayWorld world, string name, string key, string? json = null) =>
        new ARequest(world, HttpMethod.Post, "/corporate/v1/payments").By(name).With("Idempotency-Key", Guid.NewGuid().ToString())
            .WithJson(json ?? Payment).SignedBy(key);

    public ARequest By(string name, string acr = AcrValues.MultiFactor) => WithToken(People.Token(world, name, acr));

    public ARequest WithToken(string value)
    {
        token = value;
        return this;
    }

    public ARequest With(string name, string value)
    {
        headers.Add((name, value));
        return this;
    }

    public ARequest Without(string name)
    {
        headers.RemoveAll(header => header.Name == name);
        return this;
    }

    public ARequest WithJson(string json) => WithBody(Encoding.UTF8.GetBytes(json));

    public ARequest WithBody(byte[] bytes)
    {
        body = bytes;
        return this;
    }

    public ARequest SignedBy(string? key)
    {
        signWith = key;
        return this;
    }

    /// <summary>What goes over the wire instead of what was signed.</summary>
    public ARequest ButSends(string json)
    {
        sentBody = Encoding.UTF8.GetBytes(json);
        return this;
    }

    public HttpRequestMessage Build()
    {
        var request = new HttpRequestMessage(method, new Uri(Origin + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (token is not null)
            Authorize(request, token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(sentBody ?? body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            request.Content.Headers.TryAddWithoutValidation("Content-Digest", Digest ?? ContentDigest.Sha256(body));
        }

        if (signWith is not null)
            Sign(request);
        return request;
    }

    /// <summary>Token and proof, anew each time.</summary>
    internal void Authorize(HttpRequestMessage request, string value)
    {
        request.Options.Set(Key, this);
        request.Headers.Remove("Authorization");
        request.Headers.Remove("DPoP");
        var key = ProofKey ?? ProofKeys.For(value);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Scheme ?? (key is null ? "Bearer" : "DPoP")} {value}");
        if (key is null)
            return;
        var claims = ProofSays(ProofKeys.Claims(world, method.Method, Origin + target, value, ProvenAt ?? world.Clock.GetUtcNow()));
        if (ProofSent(DpopProof.Create(key, claims)) is { } proof)
            request.Headers.TryAddWithoutValidation("DPoP", proof);
    }

    private void Sign(HttpRequestMessage request)
    {
        var message = InMemoryMessage.ForRequest(method.Method, Origin + target);
        foreach (var header in request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []))
            message.With(header.Key.ToLowerInvariant(), string.Join(", ", header.Value));
        var shape = new RequestShape(body is not null, request.Headers.Contains("DPoP"), headers.Exists(header => header.Name == "Idempotency-Key"));
        var signed = new MessageSigner(world.Keys[signWith!]).Sign(
            message, Components ?? new FapiRequestProfile().Components(shape), new SignatureParameters { Created = Created, Nonce = Nonce, Tag = Tag });
        request.Headers.TryAddWithoutValidation("Signature-Input", signed.SignatureInput);
        request.Headers.TryAddWithoutValidation("Signature", signed.Signature);
    }
}
