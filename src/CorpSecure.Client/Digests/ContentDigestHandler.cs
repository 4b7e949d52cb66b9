using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Client.Digests;

/// <summary>
/// Reads the body once, so that the digest, the signature and every attempt are of the same bytes, and sets
/// <c>Content-Digest</c> (RFC 9530) over them. A body of no bytes counts as none.
/// </summary>
internal sealed class ContentDigestHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(HeaderNames.ContentDigest);
        if (request.Content is { } content)
        {
            await content.LoadIntoBufferAsync(cancellationToken);
            // From here on the content gives the buffered bytes, whatever it was made of.
            var body = await content.ReadAsByteArrayAsync(cancellationToken);
            content.Headers.Remove(HeaderNames.ContentDigest);
            if (body.Length > 0)
            {
                request.Headers.TryAddWithoutValidation(HeaderNames.ContentDigest, ContentDigest.Sha256(body));
            }
        }
        return await base.SendAsync(request, cancellationToken);
    }
}
