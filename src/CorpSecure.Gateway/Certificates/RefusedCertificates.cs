using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Decisions;
using Microsoft.AspNetCore.Connections;

namespace CorpSecure.Gateway.Certificates;

/// <summary>Judges client certificates at the handshake. Who brings a bad one gets no further, and is counted like any stranger that is refused.</summary>
public sealed class RefusedCertificates(ClientCertificates certificates, RefusalCounter refusals, Policy policy, TimeProvider clock)
{
    // The handshake's callback is not told whose handshake it is.
    private readonly AsyncLocal<EndPoint?> sender = new();

    public void Begin(ConnectionContext? connection) => sender.Value = connection?.RemoteEndPoint;

    public bool IsGood(Listener listener, X509Chain? chain, SslPolicyErrors errors)
    {
        var at = clock.GetUtcNow();
        if ((certificates.FaultOf(chain, listener, at) ?? (errors == SslPolicyErrors.None ? null : Reasons.CertificateUntrusted)) is not { } reason)
            return true;
        var facts = new Facts
        {
            DecisionId = Guid.CreateVersion7(at),
            At = at,
            Listener = listener,
            Request = new RequestFacts { Method = "", Target = "", Address = ((sender.Value as IPEndPoint)?.Address ?? IPAddress.None).ToString() },
        };
        refusals.Count(facts, new Decision(Verdict.Deny, reason, [reason], Stage.Shape, policy.Version));
        return false;
    }
}
