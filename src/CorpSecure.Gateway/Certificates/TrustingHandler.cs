using System.Net;
using System.Net.Sockets;

namespace CorpSecure.Gateway.Certificates;

/// <summary>A way out that follows its trust bundle: once that is renewed, requests take new connections.</summary>
/// <param name="place">Where to connect to instead of where the request's address says; TLS still asks for that address's name.</param>
public sealed class TrustingHandler(Watched<TrustBundle>? trust, DnsEndPoint? place = null) : HttpMessageHandler
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
        return way is { } known && known.Bundle == bundle ? known : way = new Way(bundle, new HttpMessageInvoker(Handler(bundle, place)));
    }

    private static SocketsHttpHandler Handler(TrustBundle? bundle, DnsEndPoint? place) => new()
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = place is null ? null : (_, cancellation) => ConnectAsync(place, cancellation),
        SslOptions = { CertificateChainPolicy = bundle?.Policy },
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint place, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(place, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record Way(TrustBundle? Bundle, HttpMessageInvoker Invoker);
}
