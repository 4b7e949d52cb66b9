using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.SignIn;

/// <summary>
/// An OAuth client that proves itself with <c>private_key_jwt</c> and ES256
/// (OpenID Connect Core 1.0 section 9, RFC 7523, FAPI 2.0 section 5.3.2), or with its TLS certificate.
/// </summary>
/// <param name="ClientId">The client's identifier at the authorization server.</param>
/// <param name="Key">The P-256 key whose public half the server holds for this client; its id is the assertion's <c>kid</c>.</param>
public sealed record OAuthClient(string ClientId, SigningKey? Key)
{
    internal const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A client that proves itself with the certificate of its connections (<c>tls_client_auth</c>, RFC 8705 section 2.1): the HTTP
    /// client in use must present it, see <see cref="Trust.GatewayTransport.Create"/>. Its tokens are bound to that certificate.
    /// </summary>
    /// <param name="clientId">The client's identifier at the authorization server.</param>
    public static OAuthClient ByCertificate(string clientId) => new(clientId, Key: null);

    internal bool IsByCertificate => Key is null;

    /// <summary>What a request of this client says of it: a fresh assertion, unless the connection says it already.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Credentials(string issuer, DateTimeOffset now)
    {
        yield return new("client_id", ClientId);
        if (Key is not null)
        {
            yield return new("client_assertion_type", AssertionType);
            yield return new("client_assertion", CreateAssertion(Key, issuer, now));
        }
    }

    /// <summary>FAPI 2.0 wants the issuer as the only audience, as a string.</summary>
    private string CreateAssertion(SigningKey key, string issuer, DateTimeOffset now)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = "client-authentication+jwt", kid = key.KeyId });
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
        return $"{signed}.{Base64Url.EncodeToString(Sign(key, Encoding.ASCII.GetBytes(signed)))}";
    }

    private ReadOnlySpan<byte> Sign(SigningKey key, byte[] data)
    {
        // The assertion's header says ES256 (RFC 7518 section 3.4), whose bytes are those of this one algorithm.
        if (key.Algorithm != SignatureAlgorithm.EcdsaP256Sha256)
        {
            throw new InvalidOperationException($"The key '{key.KeyId}' of the client '{ClientId}' is for {key.Algorithm}; an assertion needs a P-256 key.");
        }
        var signature = new byte[key.Algorithm.LargestSignature];
        return signature.AsSpan(0, key.Sign(data, signature));
    }
}
