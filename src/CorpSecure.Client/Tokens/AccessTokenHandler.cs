using System.Net.Http.Headers;

namespace CorpSecure.Client.Tokens;

/// <summary>Puts the access token of the moment into the header (RFC 6750 section 2.1), never anywhere else.</summary>
internal sealed class AccessTokenHandler(AccessTokenSource source) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await source(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return await base.SendAsync(request, cancellationToken);
    }
}
