using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Identity.Import;

/// <summary>The public key of an OAuth client.</summary>
public static class ClientKey
{
    /// <returns>What is wrong with it; null when it can be used.</returns>
    public static string? Fault(ImportedClient client, string directory)
    {
        try
        {
            var key = Load(client, directory);
            return key is { Kty: "EC", Crv: "P-256" } ? null : "must be a P-256 key";
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            return client.PublicKeyFile is null ? "is not a JWK" : $"cannot be read as a PEM key: {client.PublicKeyFile}";
        }
    }

    public static JsonWebKey Load(ImportedClient client, string directory)
    {
        using var ec = client.Jwk is { } jwk ? FromJwk(new JsonWebKey(jwk.GetRawText())) : FromFile(Path.Combine(directory, client.PublicKeyFile!));
        return Publish(ec, client.KeyId);
    }

    private static JsonWebKey Publish(ECDsa ec, string? keyId)
    {
        using var publicOnly = ECDsa.Create(ec.ExportParameters(includePrivateParameters: false));
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(publicOnly));
        key.KeyId = keyId ?? Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        key.Use = JsonWebKeyUseNames.Sig;
        key.Alg = SecurityAlgorithms.EcdsaSha256;
        return key;
    }

    /// <summary>For clients that authenticate otherwise: the store demands a key, so they get one whose private part is gone.</summary>
    public static JsonWebKey OfNobody()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Publish(ec, keyId: null);
    }

    private static ECDsa FromFile(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    }

    private static ECDsa FromJwk(JsonWebKey jwk) =>
        jwk is { Kty: "EC", Crv: "P-256", D: null }
            ? ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(jwk.X), Y = Base64UrlEncoder.DecodeBytes(jwk.Y) },
            })
            : throw new CryptographicException("not a public P-256 key");
}
