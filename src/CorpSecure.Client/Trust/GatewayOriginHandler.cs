namespace CorpSecure.Client.Trust;

/// <summary>A request was meant for another origin than the configured gateway. Nothing was sent.</summary>
/// <param name="gateway">The configured gateway.</param>
/// <param name="target">Where the request was to go.</param>
public sealed class ForeignOriginException(Uri gateway, Uri? target) : InvalidOperationException(
    $"This client is for {gateway.GetLeftPart(UriPartial.Authority)} only; a request to "
    + $"{(target is { IsAbsoluteUri: true } ? target.GetLeftPart(UriPartial.Authority) : target)} was not sent.");

/// <summary>Lets requests go to the gateway and nowhere else: the token, the signature and the body are for it alone.</summary>
internal sealed class GatewayOriginHandler(Uri gateway) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } target || !IsSameOrigin(target))
        {
            throw new ForeignOriginException(gateway, request.RequestUri);
        }
        return base.SendAsync(request, cancellationToken);
    }

    private bool IsSameOrigin(Uri target) =>
        target.Scheme == gateway.Scheme
        && target.Port == gateway.Port
        && string.Equals(target.IdnHost, gateway.IdnHost, StringComparison.OrdinalIgnoreCase);
}
