using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Identity.Import;

/// <summary>The public key of an OAuth client.</summary>
public static class ClientKey
{
    private const int LeastRsaBits = 2048;

    /// <returns>What is wrong with it; null when it can be used.</returns>
    public static string? Fault(ImportedClient client, string directory)
    {
        try
        {
            var key = Load(client, directory);
            return key is { Kty: "EC", Crv: "P-256" } or { Kty: "RSA", KeySize: >= LeastRsaBits } ? null : "must be a P-256 key, or an RSA key of at least 2048 bits";
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            return client.PublicKeyFile is null ? "is not a JWK" : $"cannot be read as a PEM key: {client.PublicKeyFile}";
        }
    }

    public static JsonWebKey Load(ImportedClient client, string directory)
    {
        var given = client.Jwk is { } jwk ? FromJwk(new JsonWebKey(jwk.GetRawText())) : FromFile(Path.Combine(directory, client.PublicKeyFile!));
        using (given)
            return Publish(given, client.KeyId);
    }

    /// <summary>For clients that authenticate otherwise: the store demands a key, so they get one whose private part is gone.</summary>
    public static JsonWebKey OfNobody()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Publish(ec, keyId: null);
    }

    private static JsonWebKey Publish(AsymmetricAlgorithm given, string? keyId)
    {
        var key = given switch
        {
            ECDsa ec => Convert(ec),
            RSA rsa => JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false))),
            _ => throw new CryptographicException("not a key for signatures"),
        };
        key.KeyId = keyId ?? Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        key.Use = JsonWebKeyUseNames.Sig;
        key.Alg = given is ECDsa ? SecurityAlgorithms.EcdsaSha256 : SecurityAlgorithms.RsaSsaPssSha256;
        return key;
    }

    private static JsonWebKey Convert(ECDsa ec)
    {
        using var publicOnly = ECDsa.Create(ec.ExportParameters(includePrivateParameters: false));
        return JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(publicOnly));
    }

    private static AsymmetricAlgorithm FromFile(string file)
    {
        var text = File.ReadAllText(file);
        try
        {
            var ec = ECDsa.Create();
            ec.ImportFromPem(text);
            return ec;
        }
        catch (CryptographicException)
        {
            var rsa = RSA.Create(); // another kind of key has to be tried: the PEM label does not always name it
            rsa.ImportFromPem(text);
            return rsa;
        }
    }

    private static AsymmetricAlgorithm FromJwk(JsonWebKey jwk) => jwk switch
    {
        { Kty: "EC", Crv: "P-256", D: null } => ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(jwk.X), Y = Base64UrlEncoder.DecodeBytes(jwk.Y) },
        }),
        { Kty: "RSA", D: null } => RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(jwk.N), Exponent = Base64UrlEncoder.DecodeBytes(jwk.E) }),
        _ => throw new CryptographicException("not a public P-256 or RSA key"),
    };
}
