using System.Security.Cryptography;
using System.Text;
using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Benchmarks.Load;

/// <summary>The bytes of a portal's requests. Every proxy gets the same ones, so that each reads headers of the same length.</summary>
internal sealed class LoadRequests(string origin, LoadUser[] users)
{
    private const string PaymentTarget = "/corporate/v1/payments";

    private readonly string host = new Uri(origin).Authority;
    private readonly byte[][] reads = [.. users.Select(user => Message("GET", TargetOf(user), new Uri(origin).Authority, [("Authorization", "Bearer " + user.CertificateToken)], []))];
    private readonly Lock recording = new();
    private byte[][]? recorded;
    private volatile string? nonce;
    private int next;

    /// <summary>Twenty transactions of one account, with a token bound to the connection's certificate.</summary>
    public ReadOnlyMemory<byte> Read() => reads[Next() % reads.Length];

    /// <summary>The same with a token bound to a key, and a proof made now.</summary>
    public ReadOnlyMemory<byte> ProvenRead()
    {
        var user = users[Next() % users.Length];
        var target = TargetOf(user);
        return Message("GET", target, host, [("Authorization", "DPoP " + user.KeyToken), ("DPoP", Prove(user, "GET", target.Split('?')[0]))], []);
    }

    /// <summary>The last nonce that the gateway gave, for the proofs to come.</summary>
    public void Learn(string? given) => nonce = given ?? nonce;

    /// <summary>
    /// One of a few payments made beforehand, for proxies that forward whatever they get: a load generator that is busy making
    /// payments would leave them idle, and an idle proxy spends processor time on waiting.
    /// </summary>
    public ReadOnlyMemory<byte> RecordedPayment()
    {
        lock (recording)
            recorded ??= [.. Enumerable.Range(0, 64).Select(_ => Payment().ToArray())];
        return recorded[Next() % recorded.Length];
    }

    /// <summary>A payment proven and signed now.</summary>
    public ReadOnlyMemory<byte> Payment()
    {
        var user = users[Next() % users.Length];
        var body = Encoding.UTF8.GetBytes(
            $$"""{"debtorAccount":"{{user.Account}}","creditor":{"name":"Bolt & Sons","account":"DE89370400440532013000"},"amount":"1250.00","currency":"EUR","reference":"INV-{{Next()}}"}""");
        var headers = new List<(string Name, string Value)>
        {
            ("Authorization", "DPoP " + user.KeyToken),
            ("DPoP", Prove(user, "POST", PaymentTarget)),
            ("Content-Type", "application/json"),
            ("Content-Digest", ContentDigest.Sha256(body)),
            ("Idempotency-Key", Guid.NewGuid().ToString()),
        };
        var message = InMemoryMessage.ForRequest("POST", origin + PaymentTarget);
        foreach (var (name, value) in headers)
            message.With(name.ToLowerInvariant(), value);
        var signed = new MessageSigner(user.Key).Sign(
            message,
            new FapiRequestProfile().Components(new RequestShape(HasBody: true, HasDpop: true, NeedsIdempotencyKey: true)),
            new SignatureParameters { Created = TimeProvider.System.GetUtcNow(), Nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), Tag = FapiRequestProfile.Tag });
        headers.Add(("Signature-Input", signed.SignatureInput));
        headers.Add(("Signature", signed.Signature));
        headers.Add(("Content-Length", $"{body.Length}"));
        return Message("POST", PaymentTarget, host, headers, body);
    }

    /// <summary>Nine reads to one payment, the reads of either kind.</summary>
    public ReadOnlyMemory<byte> Mixed() => (Next() % 10) switch
    {
        0 => Payment(),
        < 5 => Read(),
        _ => ProvenRead(),
    };

    private string Prove(LoadUser user, string method, string path) => DpopProof.Create(
        user.DpopKey,
        new DpopClaims(method, origin + path, TimeProvider.System.GetUtcNow(), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)))
        {
            TokenHash = DpopProof.TokenHash(user.KeyToken),
            Nonce = nonce,
        });

    private int Next() => Interlocked.Increment(ref next) & int.MaxValue;

    private static string TargetOf(LoadUser user) => $"/corporate/v1/accounts/{user.Account}/transactions?limit=20";

    private static byte[] Message(string method, string target, string host, List<(string Name, string Value)> headers, byte[] body)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\nUser-Agent: portal/1.0\r\n");
        foreach (var (name, value) in headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }
}
