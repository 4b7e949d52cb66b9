using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.SignIn;

/// <summary>
/// An OAuth client that proves itself with <c>private_key_jwt</c> and ES256
/// (OpenID Connect Core 1.0 section 9, RFC 7523, FAPI 2.0 section 5.3.2).
/// </summary>
/// <param name="ClientId">The client's identifier at the authorization server.</param>
/// <param name="Key">The P-256 key whose public half the server holds for this client; its id is the assertion's <c>kid</c>.</param>
public sealed record OAuthClient(string ClientId, SigningKey Key)
{
    internal const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>A fresh assertion for one request. FAPI 2.0 wants the issuer as the only audience, as a string.</summary>
    internal string CreateAssertion(string issuer, DateTimeOffset now)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = "client-authentication+jwt", kid = Key.KeyId });
        var payload = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = ClientId,
            sub = ClientId,
            aud = issuer,
            jti = RandomText.Create(16),
            iat = now.ToUnixTimeSeconds(),
            exp = (now + Life).ToUnixTimeSeconds(),
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private ReadOnlySpan<byte> Sign(byte[] data)
    {
        // The assertion's header says ES256 (RFC 7518 section 3.4), whose bytes are those of this one algorithm.
        if (Key.Algorithm != SignatureAlgorithm.EcdsaP256Sha256)
        {
            throw new InvalidOperationException($"The key '{Key.KeyId}' of the client '{ClientId}' is for {Key.Algorithm}; an assertion needs a P-256 key.");
        }
        var signature = new byte[Key.Algorithm.LargestSignature];
        return signature.AsSpan(0, Key.Sign(data, signature));
    }
}
