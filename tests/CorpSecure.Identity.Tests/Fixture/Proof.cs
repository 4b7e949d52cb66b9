using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.Protocol.Dpop;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>DPoP proofs of one key, good ones and bad ones, made here and not by the code under test.</summary>
public sealed class Proof(IdentityFixture fixture, TestServer server) : IDisposable
{
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Thumbprint
    {
        get
        {
            var (x, y) = Point();
            return Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        }
    }

    /// <summary>A nonce as the server would give it now.</summary>
    public string Nonce => new DpopNonces(server.Settings.Keys.DpopNonces).Create(fixture.Clock.GetUtcNow());

    public Dictionary<string, object?> Header()
    {
        var (x, y) = Point();
        return new() { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = new Dictionary<string, object?> { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = x, ["y"] = y } };
    }

    public Dictionary<string, object?> Claims(string path) => new()
    {
        ["jti"] = Guid.NewGuid().ToString(),
        ["htm"] = "POST",
        ["htu"] = server.Settings.Issuer.AbsoluteUri + path.TrimStart('/'),
        ["iat"] = fixture.Clock.GetUtcNow().ToUnixTimeSeconds(),
        ["nonce"] = Nonce,
    };

    public string Make(string path, Action<Dictionary<string, object?>>? claims = null, Action<Dictionary<string, object?>>? header = null, Func<byte[], byte[]>? sign = null)
    {
        var (head, body) = (Header(), Claims(path));
        header?.Invoke(head);
        claims?.Invoke(body);
        return Jwt.Make(head, body, sign ?? Jwt.Es256(Key));
    }

    /// <summary>With a nonce of a server that has another key for them.</summary>
    public string MakeFor(TestServer at, string path) =>
        Make(path, claims => claims["nonce"] = new DpopNonces(at.Settings.Keys.DpopNonces).Create(fixture.Clock.GetUtcNow()));

    public void Dispose() => Key.Dispose();

    private (string X, string Y) Point()
    {
        var point = Key.ExportParameters(false).Q;
        return (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }
}
