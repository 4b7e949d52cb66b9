using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>The key of each person's device, to which their tokens are bound.</summary>
public static class ProofKeys
{
    private static readonly ConcurrentDictionary<string, SoftwareSigningKey> ByName = new();
    private static readonly ConcurrentDictionary<string, SoftwareSigningKey> ByThumbprint = new();

    public static SoftwareSigningKey Of(string name) => ByName.GetOrAdd(name, _ => Remember(SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256)));

    public static SoftwareSigningKey Remember(SoftwareSigningKey key) => ByThumbprint[DpopProof.Thumbprint(key)] = key;

    /// <summary>The key that a token says it is bound to; null when it says no such thing.</summary>
    public static SoftwareSigningKey? For(string token)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.Split('.')[1]));
            return claims.RootElement.TryGetProperty("cnf", out var cnf) && cnf.TryGetProperty("jkt", out var jkt) && jkt.GetString() is { } thumbprint
                ? ByThumbprint.GetValueOrDefault(thumbprint)
                : null;
        }
        catch (Exception error) when (error is JsonException or FormatException or IndexOutOfRangeException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A proof that is good for this request, once.</summary>
    public static DpopClaims Claims(GatewayWorld world, string method, string address, string token, DateTimeOffset at) =>
        new(method, address.Split('?')[0], at, RandomNumberGenerator.GetHexString(20))
        {
            TokenHash = DpopProof.TokenHash(token),
            Nonce = world.Service<DpopNonces>().Create(at),
        };
}
