using System.Security.Cryptography;
using System.Text;
using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Benchmarks.Load;

/// <summary>The bytes of a portal's requests. Every proxy gets the same ones, so that each reads headers of the same length.</summary>
internal sealed class LoadRequests(string origin, LoadUser[] users)
{
    private const string PaymentTarget = "/corporate/v1/payments";

    private readonly string host = new Uri(origin).Authority;
    private readonly byte[][] reads = [.. users.Select(user => Read(user, new Uri(origin).Authority))];
    private int next;

    /// <summary>Twenty transactions of one account.</summary>
    public ReadOnlyMemory<byte> Read() => reads[Next() % reads.Length];

    /// <summary>A payment signed now, with a nonce of its own.</summary>
    public ReadOnlyMemory<byte> Payment()
    {
        var user = users[Next() % users.Length];
        var body = Encoding.UTF8.GetBytes(
            $$"""{"debtorAccount":"{{user.Account}}","creditor":{"name":"Bolt & Sons","account":"DE89370400440532013000"},"amount":"1250.00","currency":"EUR","reference":"INV-{{Next()}}"}""");
        var headers = new List<(string Name, string Value)>
        {
            ("Authorization", "Bearer " + user.Token),
            ("Content-Type", "application/json"),
            ("Content-Digest", ContentDigest.Sha256(body)),
            ("Idempotency-Key", Guid.NewGuid().ToString()),
        };
        var message = InMemoryMessage.ForRequest("POST", origin + PaymentTarget);
        foreach (var (name, value) in headers)
            message.With(name.ToLowerInvariant(), value);
        var signed = new MessageSigner(user.Key).Sign(
            message,
            new FapiRequestProfile().Components(new RequestShape(HasBody: true, HasDpop: false, NeedsIdempotencyKey: true)),
            new SignatureParameters { Created = TimeProvider.System.GetUtcNow(), Nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), Tag = FapiRequestProfile.Tag });
        headers.Add(("Signature-Input", signed.SignatureInput));
        headers.Add(("Signature", signed.Signature));
        headers.Add(("Content-Length", $"{body.Length}"));
        return Message("POST", PaymentTarget, host, headers, body);
    }

    /// <summary>Nine reads to one payment.</summary>
    public ReadOnlyMemory<byte> Mixed() => Next() % 10 == 0 ? Payment() : Read();

    private int Next() => Interlocked.Increment(ref next) & int.MaxValue;

    private static byte[] Read(LoadUser user, string host) =>
        Message("GET", $"/corporate/v1/accounts/{user.Account}/transactions?limit=20", host, [("Authorization", "Bearer " + user.Token)], []);

    private static byte[] Message(string method, string target, string host, List<(string Name, string Value)> headers, byte[] body)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\nUser-Agent: portal/1.0\r\n");
        foreach (var (name, value) in headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }
}
