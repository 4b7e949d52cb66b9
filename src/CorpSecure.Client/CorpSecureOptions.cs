using System.Security.Cryptography.X509Certificates;
using CorpSecure.Client.StepUp;
using CorpSecure.Client.Tokens;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client;

/// <summary>What <see cref="CorpSecureHttpClientBuilderExtensions.AddCorpSecure(Microsoft.Extensions.DependencyInjection.IHttpClientBuilder, Action{CorpSecureOptions})"/> needs to know.</summary>
public sealed class CorpSecureOptions
{
    /// <summary>
    /// The address of the gateway, https. Requests go to this origin (scheme, host, port) or nowhere: the token is for it alone.
    /// Required. Also becomes the base address of the client, unless that has one.
    /// </summary>
    public Uri? Gateway { get; set; }

    /// <summary>Where the access token of each attempt comes from. Required.</summary>
    public AccessTokenSource? AccessToken { get; set; }

    /// <summary>
    /// The key that the access tokens are bound to (RFC 9449): each attempt proves that it is at hand. For ES256, PS256 or EdDSA. The
    /// gateway takes bound tokens only, so this or <see cref="ClientCertificate"/> is required.
    /// </summary>
    public SigningKey? DpopKey { get; set; }

    /// <summary>The certificate to show, with its private key. Without a <see cref="DpopKey"/> the access tokens are bound to it (RFC 8705).</summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>
    /// Has the user sign in again where the gateway asks for stronger or fresher authentication (RFC 9470); the request is then
    /// repeated once. Without one the <see cref="Problems.ProblemException"/> tells what is needed.
    /// </summary>
    public StepUpSignIn? StepUp { get; set; }

    /// <summary>
    /// The key that signs requests (RFC 9421), registered with the bank under its <see cref="SigningKey.KeyId"/>.
    /// Without one nothing is signed, and the gateway refuses payments.
    /// </summary>
    public SigningKey? SigningKey { get; set; }

    /// <summary>Whether GET, HEAD and OPTIONS are signed too. Other methods always are. Off unless the bank asks for it.</summary>
    public bool SignSafeMethods { get; set; }

    /// <summary>A PEM file of the only certificate authorities to trust; none for the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>The clock for <c>created</c> and for proofs, put right by what the gateway says the time is. The system's unless one is registered or set.</summary>
    public TimeProvider? TimeProvider { get; set; }

    private static readonly SignatureAlgorithm[] ProofAlgorithms =
        [SignatureAlgorithm.EcdsaP256Sha256, SignatureAlgorithm.RsaPssSha256, SignatureAlgorithm.Ed25519];

    internal static IEnumerable<string> Faults(CorpSecureOptions options)
    {
        if (options.Gateway is not { IsAbsoluteUri: true } gateway || gateway.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"CorpSecureOptions.Gateway: an absolute https address is needed, not '{options.Gateway}'.";
        }
        if (options.AccessToken is null)
        {
            yield return "CorpSecureOptions.AccessToken: a source of access tokens is needed, such as CachedTokens.GetAsync.";
        }
        if (options.DpopKey is null && options.ClientCertificate is null)
        {
            yield return "CorpSecureOptions.DpopKey: a key, or a ClientCertificate, is needed that the access tokens are bound to: the gateway takes no other tokens.";
        }
        if (options.DpopKey is { } key && !ProofAlgorithms.Contains(key.Algorithm))
        {
            yield return $"CorpSecureOptions.DpopKey: a proof cannot be made with {key.Algorithm}, only with {string.Join(", ", ProofAlgorithms.Select(algorithm => algorithm.JoseName))}.";
        }
        if (options.ClientCertificate is { HasPrivateKey: false })
        {
            yield return "CorpSecureOptions.ClientCertificate: its private key is needed.";
        }
        if (options.CaFile is { } file && !File.Exists(file))
        {
            yield return $"CorpSecureOptions.CaFile: file not found: {file}";
        }
    }
}
