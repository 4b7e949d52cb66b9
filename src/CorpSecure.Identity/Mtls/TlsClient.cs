using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Mtls;

/// <summary>
/// Client authentication by certificate (RFC 8705 section 2.1): the name registered for the client stands in it. A client
/// without such a name may present one to have its tokens bound, and must authenticate by assertion as ever.
/// </summary>
public sealed class TlsClient(IOpenIddictApplicationManager applications, ClientCertificates certificates) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var certificate = context.Transaction.RemoteCertificate!;
        if (!certificates.IsGood(certificate) || context.ClientId is not { Length: > 0 } id || await applications.FindByClientIdAsync(id, context.CancellationToken) is not { } client)
        {
            context.Reject(Errors.InvalidClient, "Client authentication failed.");
            return;
        }

        var name = TlsClientName.Of(await applications.GetPropertiesAsync(client, context.CancellationToken));
        if (name is null ? context.ClientAssertionPrincipal is null : !name.IsIn(certificate))
        {
            certificates.Refused("name", certificate);
            context.Reject(Errors.InvalidClient, "Client authentication failed.");
        }
    }
}
