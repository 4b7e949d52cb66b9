using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Tokens;

/// <summary>One issuer for each door. A token of the other one is just invalid here.</summary>
public sealed class TokenIssuers(IssuersSection issuers, CertificateStore certificates, TimeProvider clock, ILogger<TokenIssuer> logger)
{
    private readonly TokenIssuer corporate = new(issuers.Corporate, certificates.Corporate, clock, logger);
    private readonly TokenIssuer staff = new(issuers.Staff, certificates.Staff, clock, logger);

    public TokenIssuer For(Listener listener) => listener switch
    {
        Listener.Api => corporate,
        Listener.Ops => staff,
    };
}
