using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.Client.SignIn;

/// <summary>A PKCE verifier and its S256 challenge (RFC 7636 sections 4.1 and 4.2).</summary>
internal sealed record ProofKey(string Verifier, string Challenge)
{
    public static ProofKey Create() => FromVerifier(RandomText.Create(32));

    public static ProofKey FromVerifier(string verifier) =>
        new(verifier, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));

    public override string ToString() => $"ProofKey({Challenge}, verifier [redacted])";
}

/// <summary>Unguessable text: states, nonces, identifiers of assertions.</summary>
internal static class RandomText
{
    public static string Create(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
