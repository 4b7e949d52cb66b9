namespace CorpSecure.Gateway.Certificates;

/// <summary>A way out that follows its trust bundle: once that is renewed, requests take new connections.</summary>
public sealed class TrustingHandler(Watched<TrustBundle>? trust) : HttpMessageHandler
{
    private volatile Way? way;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Current().Invoker.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            way?.Invoker.Dispose();
        base.Dispose(disposing);
    }

    // The way that is left is not disposed of: a request may still be on it. Its idle connections close by themselves.
    private Way Current()
    {
        var bundle = trust?.Current;
        return way is { } known && known.Bundle == bundle ? known : way = new Way(bundle, new HttpMessageInvoker(Handler(bundle)));
    }

    private static SocketsHttpHandler Handler(TrustBundle? bundle) => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = { CertificateChainPolicy = bundle?.Policy },
    };

    private sealed record Way(TrustBundle? Bundle, HttpMessageInvoker Invoker);
}
