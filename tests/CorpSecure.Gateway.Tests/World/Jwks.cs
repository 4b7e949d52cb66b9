using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.Protocol.Signatures;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.World;

internal static class Jwks
{
    public static string Of(SoftwareSigningKey key)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(key.ExportPublicPem());
        var point = ecdsa.ExportParameters(false).Q;
        return JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "EC", crv = "P-256", kid = key.KeyId, use = "sig", alg = "ES256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } },
        });
    }
}
