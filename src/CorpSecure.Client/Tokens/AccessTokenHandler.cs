using System.Net.Http.Headers;

namespace CorpSecure.Client.Tokens;

/// <summary>
/// Puts the access token of the moment into the header, never anywhere else, in the scheme of what it is bound to: <c>DPoP</c> for
/// a key (RFC 9449 section 7.1), <c>Bearer</c> for the client's certificate (RFC 8705 section 3).
/// </summary>
internal sealed class AccessTokenHandler(AccessTokenSource source, bool isBoundToKey) : DelegatingHandler
{
    /// <summary>On a request: the token of its last attempt.</summary>
    public static readonly HttpRequestOptionsKey<AccessToken> Sent = new("CorpSecure.AccessToken");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await source(cancellationToken);
        request.Options.Set(Sent, token);
        request.Headers.Authorization = new AuthenticationHeaderValue(isBoundToKey ? "DPoP" : "Bearer", token.Value);
        return await base.SendAsync(request, cancellationToken);
    }
}
