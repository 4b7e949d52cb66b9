using System.Net;
using System.Net.Sockets;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Tokens;

/// <summary>The way to an issuer's documents: certificate validated, no redirects, small answers, short waits.</summary>
internal static class IssuerHttp
{
    public static HttpClient Create(IssuerSection section) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = Place(section.ConnectTo) is { } place ? (_, cancellation) => ConnectAsync(place, cancellation) : null,
        SslOptions = { CertificateChainPolicy = CertificateFiles.Trust(section.CaFile) },
    })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 256 * 1024,
    };

    /// <summary>Of <c>host:port</c>; null when it is none.</summary>
    public static DnsEndPoint? Place(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(text.AsSpan(colon + 1), out var port) && port > 0
        && Uri.CheckHostName(text[..colon]) is not UriHostNameType.Unknown
            ? new DnsEndPoint(text[..colon], port)
            : null;

    // Only the way changes: TLS still asks for the issuer's name.
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
}
