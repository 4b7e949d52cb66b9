using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace CoreBank.Simulator.Assertions;

/// <summary>The gateway's public keys, read once from a JWK set (RFC 7517) and kept parsed.</summary>
public static class PinnedKeys
{
    /// <exception cref="FormatException">The set is not one of P-256 public keys with distinct key ids.</exception>
    public static IReadOnlyList<SecurityKey> Read(string json)
    {
        JsonWebKeySet set;
        try
        {
            using var _ = JsonDocument.Parse(json);
            set = new JsonWebKeySet(json);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new FormatException("not a JWK set", exception);
        }
        if (set.Keys.Count == 0)
            throw new FormatException("holds no key");
        if (set.Keys.Select(key => key.Kid).Distinct(StringComparer.Ordinal).Count() != set.Keys.Count)
            throw new FormatException("a key id is given twice");
        return [.. set.Keys.Select(Parse)];
    }

    private static ECDsaSecurityKey Parse(JsonWebKey key)
    {
        if (string.IsNullOrEmpty(key.Kid))
            throw new FormatException("a key has no kid");
        if (key.Kty != "EC" || key.Crv != "P-256")
            throw new FormatException($"key {key.Kid} is not an EC key on P-256");
        // A private key here would let whoever reads this file speak for the gateway.
        if (key.HasPrivateKey)
            throw new FormatException($"key {key.Kid} is a private key; give only its public part");
        try
        {
            var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
            });
            return new ECDsaSecurityKey(ecdsa) { KeyId = key.Kid };
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            throw new FormatException($"key {key.Kid} is not a point on P-256", exception);
        }
    }
}
