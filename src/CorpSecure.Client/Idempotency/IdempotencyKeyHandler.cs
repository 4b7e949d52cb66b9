using CorpSecure.Protocol.Problems;

namespace CorpSecure.Client.Idempotency;

/// <summary>
/// Gives each POST without an <c>Idempotency-Key</c> one of its own. A repeat of the same call keeps it, so that the
/// payment takes effect once. An application that repeats a call itself must set the key itself.
/// </summary>
internal sealed class IdempotencyKeyHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post && !request.Headers.Contains(HeaderNames.IdempotencyKey))
        {
            request.Headers.Add(HeaderNames.IdempotencyKey, Guid.NewGuid().ToString());
        }
        return base.SendAsync(request, cancellationToken);
    }
}
