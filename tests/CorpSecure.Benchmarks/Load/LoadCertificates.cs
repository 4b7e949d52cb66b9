using System.Buffers.Text;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;

namespace CorpSecure.Benchmarks.Load;

/// <summary>One authority, one server certificate and one client certificate, the same for every measured server.</summary>
internal sealed class LoadCertificates : IDisposable
{
    private readonly DemoAuthority authority;

    private LoadCertificates(DemoAuthority authority, PemFiles server, PemFiles client)
    {
        this.authority = authority;
        Server = server;
        ClientFiles = client;
        Client = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(client.CertificateFile, client.KeyFile), null, offline: true);
    }

    public string AuthorityFile => authority.CertificateFile;

    public PemFiles Server { get; }

    public PemFiles ClientFiles { get; }

    public SslStreamCertificateContext Client { get; }

    /// <summary>As tokens bound to the client's certificate name it (RFC 8705 section 3.1).</summary>
    public string ClientThumbprint => Base64Url.EncodeToString(SHA256.HashData(Client.TargetCertificate.RawData));

    public X509ChainPolicy Trust => authority.ChainPolicy;

    public static async Task<LoadCertificates> MakeAsync(string folder, CancellationToken cancellation)
    {
        var authority = await DemoAuthority.OpenAsync(folder, TimeProvider.System, cancellation);
        return new LoadCertificates(
            authority,
            await authority.IssueAsync("server", LeafUsage.Server, cancellation),
            await authority.IssueAsync("client", LeafUsage.Client, cancellation));
    }

    public void Dispose() => authority.Dispose();
}
