using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>The key that signs assertions to the core, and the name by which the core knows it.</summary>
public sealed class AssertionKey
{
    /// <summary>As <c>Gateway:AssertionKeyId</c>: the key is named by its RFC 7638 thumbprint, so that a new key has a new name.</summary>
    public const string ByThumbprint = "thumbprint";

    private AssertionKey(ECDsa key, string id)
    {
        Key = key;
        Id = id;
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", kid = id, typ = "corpsecure-assertion+jwt" });
        Start = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(header) + ".");
    }

    public ECDsa Key { get; }

    public string Id { get; }

    /// <summary>What every token of this key begins with: its header and a dot.</summary>
    public byte[] Start { get; }

    /// <summary>Another key under a fixed name would be refused by the core, so it is not taken.</summary>
    /// <exception cref="CryptographicException">Not a P-256 private key.</exception>
    public static Watched<AssertionKey> Watch(GatewaySection settings)
    {
        string? first = null;
        return new("assertion-key", [settings.AssertionKeyFile], texts =>
        {
            var (key, thumbprint) = Parse(texts[0]);
            if (settings.AssertionKeyId == ByThumbprint)
                return new AssertionKey(key, thumbprint);
            if ((first ??= thumbprint) != thumbprint)
                throw new CryptographicException($"a new key needs a new id: restart with both, or let Gateway:AssertionKeyId be \"{ByThumbprint}\"");
            return new AssertionKey(key, settings.AssertionKeyId);
        });
    }

    private static (ECDsa Key, string Thumbprint) Parse(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        key.SignHash(new byte[32]); // a public key cannot
        if (key.KeySize != 256)
            throw new CryptographicException("a P-256 key is needed");
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var canonical = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        return (key, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
    }
}
