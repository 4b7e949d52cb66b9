using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CorpSecure.Identity.Hosting;

/// <summary>The leaf with its key, and the intermediates that are sent with it.</summary>
public sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain)
{
    public static ServerCertificate Load(string certificateFile, string keyFile)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(certificateFile);
        var intermediates = new X509Certificate2Collection(all.Skip(1).ToArray());
        return new ServerCertificate(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), intermediates);
    }
}

public sealed record ListenerSettings(IPAddress Address, int Port, ServerCertificate Certificate)
{
    private const int LargestRequest = 64 * 1024;

    public void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestRequest;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(Address, Port, listen => listen.UseHttps(https =>
        {
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.ServerCertificate = Certificate.Leaf;
            https.ServerCertificateChain = Certificate.Chain;
        }));
    }
}
