using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CorpSecure.DevHost.Pki;

namespace CorpSecure.Benchmarks.Load;

/// <summary>One kept-alive HTTP/1.1 connection over TLS that costs its own process as little as possible.</summary>
internal sealed class WireConnection : IAsyncDisposable
{
    private static readonly byte[] EndOfHeaders = "\r\n\r\n"u8.ToArray();

    private readonly TcpClient tcp;
    private readonly SslStream tls;
    private readonly byte[] buffer = new byte[64 * 1024];

    private WireConnection(TcpClient tcp, SslStream tls)
    {
        this.tcp = tcp;
        this.tls = tls;
    }

    public static async Task<WireConnection> OpenAsync(int port, LoadCertificates certificates, CancellationToken cancellation)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync("127.0.0.1", port, cancellation);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = certificates.Trust,
                ClientCertificateContext = certificates.Client,
            },
            cancellation);
        return new WireConnection(tcp, tls);
    }

    /// <returns>The status, and the DPoP nonce that came with it; the answer's body has been read and dropped.</returns>
    /// <exception cref="IOException">The server closed the connection before its answer was whole.</exception>
    public async Task<(int Status, string? Nonce)> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        await tls.WriteAsync(request, cancellation);
        var read = 0;
        int end;
        while ((end = buffer.AsSpan(0, read).IndexOf(EndOfHeaders)) < 0)
            read += await ReadAsync(read, cancellation);
        var head = Encoding.ASCII.GetString(buffer, 0, end);
        var missing = end + EndOfHeaders.Length + ContentLength(head) - read;
        while (missing > 0)
            missing -= await ReadAsync(0, cancellation);
        return (int.Parse(head.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture), Value(head, "DPoP-Nonce"));
    }

    public async ValueTask DisposeAsync()
    {
        await tls.DisposeAsync();
        tcp.Dispose();
    }

    private async Task<int> ReadAsync(int from, CancellationToken cancellation) =>
        await tls.ReadAsync(buffer.AsMemory(from), cancellation) is > 0 and var read ? read : throw new IOException("the connection was closed");

    private static int ContentLength(string head) =>
        Value(head, "Content-Length") is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : throw new InvalidDataException($"an answer without Content-Length: {head}");

    private static string? Value(string head, string name)
    {
        var start = "\r\n" + name + ": ";
        var at = head.IndexOf(start, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var value = head.AsSpan(at + start.Length);
        var end = value.IndexOf('\r');
        return (end < 0 ? value : value[..end]).ToString();
    }
}
