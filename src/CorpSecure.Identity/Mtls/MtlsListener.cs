using System.Net.Security;
using System.Security.Authentication;
using CorpSecure.Identity.Tokens;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CorpSecure.Identity.Mtls;

/// <summary>The listener of client certificates, and what may be asked for there.</summary>
public static class MtlsListener
{
    public static void Apply(KestrelServerOptions kestrel, MtlsListenerSettings settings)
    {
        var certificates = kestrel.ApplicationServices.GetRequiredService<ClientCertificates>();
        kestrel.Listen(settings.Address, settings.Port, listen => listen.UseHttps(https =>
        {
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.ServerCertificate = settings.Certificate.Leaf;
            https.ServerCertificateChain = settings.Certificate.Chain;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.OnAuthenticate = (_, tls) =>
            {
                tls.CertificateChainPolicy = certificates.Policy();
                tls.AllowTlsResume = false; // a session begun at the other listener comes without a certificate
            };
            https.ClientCertificateValidation = (certificate, chain, errors) =>
            {
                if (errors == SslPolicyErrors.None && chain is not null)
                    return certificates.AreGood(chain);
                certificates.Refused($"{errors}: {string.Join(", ", chain?.ChainStatus.Select(status => status.Status) ?? [])}", certificate);
                return false;
            };
        }));
    }

    /// <summary>People have no business here: a certificate that a browser offers must not come with a session. Only that listener has certificates.</summary>
    public static IApplicationBuilder UseMtlsPathsOnly(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        if (http.Connection.ClientCertificate is null || IsForClients(http.Request.Path))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private static bool IsForClients(PathString path) =>
        path.StartsWithSegments("/.well-known") || (path.StartsWithSegments("/connect") && !path.StartsWithSegments(AuthorizeEndpoint.Path));
}
