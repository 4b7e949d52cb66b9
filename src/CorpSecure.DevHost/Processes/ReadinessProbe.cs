using System.Net.Http.Headers;
using System.Net.Security;
using CorpSecure.DevHost.Pki;

namespace CorpSecure.DevHost.Processes;

/// <summary>Asks a server over TLS, trusting the demo's authority and verifying the name, whether it serves.</summary>
public sealed class ReadinessProbe : IDisposable
{
    private readonly HttpClient http;

    public ReadinessProbe(DemoAuthority authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = authority.ChainPolicy },
        };
        http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
    }

    public async Task<bool> SucceedsAsync(Uri address, string? bearer, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false; // Listening, and too busy to answer.
        }
    }

    public void Dispose() => http.Dispose();
}
