using System.Net.Http.Headers;
using System.Security.Cryptography;
using CorpSecure.Client.SignIn;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.Dpop;

/// <summary>Makes proofs that the key is at hand (RFC 9449 section 4.2), each for one attempt, with the origin's last nonce.</summary>
internal sealed class DpopProver(SigningKey key, Func<DateTimeOffset> now)
{
    private const int IdBytes = 16;

    private readonly DpopNonceStore _nonces = new();

    /// <param name="method">The request's method.</param>
    /// <param name="target">The request's address; query and fragment are no part of a proof.</param>
    /// <param name="accessToken">The token the proof goes with; none at the authorization server.</param>
    /// <exception cref="CryptographicException">The key is for no algorithm that proofs may have.</exception>
    public string Prove(HttpMethod method, Uri target, string? accessToken) => DpopProof.Create(
        key,
        new DpopClaims(method.Method, TargetOf(target), now(), RandomText.Create(IdBytes))
        {
            TokenHash = accessToken is null ? null : DpopProof.TokenHash(accessToken),
            Nonce = _nonces.Of(target),
        });

    /// <summary>Keeps the nonce of a response. Returns whether there was one.</summary>
    public bool Learn(Uri target, HttpResponseHeaders headers) => _nonces.Learn(target, headers);

    /// <summary>As on the wire: no user information, the host in ASCII, the path as it is sent.</summary>
    private static string TargetOf(Uri target) =>
        $"{target.Scheme}://{target.IdnHost}{(target.IsDefaultPort ? "" : $":{target.Port}")}{target.AbsolutePath}";
}
