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
    /// The key that signs requests (RFC 9421), registered with the bank under its <see cref="SigningKey.KeyId"/>.
    /// Without one nothing is signed, and the gateway refuses payments.
    /// </summary>
    public SigningKey? SigningKey { get; set; }

    /// <summary>Whether GET, HEAD and OPTIONS are signed too. Other methods always are. Off unless the bank asks for it.</summary>
    public bool SignSafeMethods { get; set; }

    /// <summary>A PEM file of the only certificate authorities to trust; none for the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>The clock for <c>created</c>. The system's unless one is registered or set.</summary>
    public TimeProvider? TimeProvider { get; set; }

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
        if (options.CaFile is { } file && !File.Exists(file))
        {
            yield return $"CorpSecureOptions.CaFile: file not found: {file}";
        }
    }
}
