using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CorpSecure.Health;

/// <summary>
/// <c>healthcheck URL [--ca FILE]</c>: asks the server on this machine, for containers, whose images hold no other client.
/// It connects to loopback at the address's port; the certificate must be that of the address's host.
/// </summary>
internal static class HealthCommand
{
    public const string Verb = "healthcheck";

    private const int Healthy = 0;
    private const int Unhealthy = 1;
    private const int Usage = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <returns>0: the answer was a success. 1: it was none, or there was none. 64: the arguments make no sense.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter errors)
    {
        var (address, ca) = arguments switch
        {
            [Verb, var url] => (AddressOf(url), null),
            [Verb, var url, "--ca", var file] => (AddressOf(url), file),
            _ => (null, null),
        };
        if (address is null)
        {
            await errors.WriteLineAsync($"usage: {Verb} https://NAME:PORT/PATH [--ca FILE]");
            return Usage;
        }
        try
        {
            using var http = new HttpClient(Handler(ca)) { Timeout = Patience };
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            if (answer.IsSuccessStatusCode)
                return Healthy;
            await errors.WriteLineAsync($"{address}: {(int)answer.StatusCode}");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException or CryptographicException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"{address}: {error.GetBaseException().Message}");
        }

        return Unhealthy;
    }

    private static Uri? AddressOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null;

    private static SocketsHttpHandler Handler(string? caFile)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync };
        if (caFile is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(caFile);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
