using System.Security.Cryptography.X509Certificates;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Protocol.Certificates;

namespace CorpSecure.Gateway.Certificates;

/// <summary>Whether a client's certificate counts: at the handshake, and again on every request of a connection that outlives it.</summary>
public sealed class ClientCertificates(CertificateStore certificates)
{
    /// <returns>Null when it counts. Trust in its issuer is the handshake's to judge.</returns>
    public Reason? FaultOf(X509Certificate2 certificate, Listener listener, DateTimeOffset at)
    {
        if (at.UtcDateTime >= certificate.NotAfter.ToUniversalTime() || at.UtcDateTime < certificate.NotBefore.ToUniversalTime())
            return Reasons.CertificateExpired;
        return Crl(listener) is { } list && list.Current.StatusOf(certificate, at) != RevocationStatus.Good ? Reasons.CertificateRevoked : null;
    }

    /// <summary>Of a chain that was built at the handshake.</summary>
    public Reason? FaultOf(X509Chain? chain, Listener listener, DateTimeOffset at)
    {
        if (chain is not { ChainElements.Count: > 0 })
            return Reasons.CertificateUntrusted;
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        if (flags.HasFlag(X509ChainStatusFlags.NotValidForUsage))
            return Reasons.CertificatePurpose;
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return Reasons.CertificateExpired;
        return flags != X509ChainStatusFlags.NoError ? Reasons.CertificateUntrusted : FaultOf(chain.ChainElements[0].Certificate, listener, at);
    }

    private Watched<RevocationList>? Crl(Listener listener) => listener switch
    {
        Listener.Api => certificates.ApiCrl,
        Listener.Ops => certificates.OpsCrl,
    };
}
