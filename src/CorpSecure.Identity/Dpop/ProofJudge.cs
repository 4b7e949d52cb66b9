using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using CorpSecure.Protocol.Dpop;
using Microsoft.Extensions.Primitives;

namespace CorpSecure.Identity.Dpop;

/// <summary>Judges the DPoP proof of a request (RFC 9449 section 4.3), and spends it when it is good.</summary>
public sealed partial class ProofJudge(
    DpopReader reader, DpopNonces nonces, IdentityStore store, IdentitySettings settings, TimeProvider clock, ILogger<ProofJudge> logger)
{
    public const string Header = "DPoP";
    public const string NonceHeader = "DPoP-Nonce";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <param name="path">The endpoint, as its metadata names it: whatever spelling was asked for, proofs are for this one.</param>
    /// <param name="used">The token that the request is made with; null where one is asked for.</param>
    public async Task<ProofJudgement> JudgeAsync(HttpRequest request, string path, BoundToken? used, CancellationToken cancellation)
    {
        var fields = request.Headers[Header];
        if (fields.Count == 0)
            return ProofJudgement.Absent;
        var now = clock.GetUtcNow();
        var reading = Read(fields); // 1. there is one field
        var expected = new DpopExpectation(request.Method, Origin(request).AbsoluteUri + path.TrimStart('/'), now)
        {
            AccessToken = used?.Text,
            Thumbprint = used?.Thumbprint,
        };
        var fault = DpopRules.Check(reading, expected);
        if (fault != DpopFault.None)
            return Refuse(path, fault.ToString(), fault == DpopFault.Thumbprint ? ProofJudgement.OtherKey : ProofJudgement.Refused);

        // 10. The nonce is one of ours. Nothing is spent before, so the repetition with it finds all as it was.
        var nonce = nonces.Judge(reading.Nonce, now);
        if (nonce != NonceState.Fresh)
            request.HttpContext.Response.Headers[NonceHeader] = nonces.Create(now);
        if (nonce is NonceState.Missing or NonceState.Old)
            return ProofJudgement.NonceWanted;

        return await SpentProof.SpendAsync(store, reading.Thumbprint, reading.Id, reading.IssuedAt + Kept, cancellation)
            ? ProofJudgement.Good(reading.Thumbprint)
            : Refuse(path, "Replayed", ProofJudgement.Refused);
    }

    // Clients that come with a certificate were told the addresses of its own listener; Host says what anybody likes.
    private Uri Origin(HttpRequest request) =>
        settings.Mtls is { } mtls && request.HttpContext.Connection.ClientCertificate is not null ? mtls.Origin : settings.Issuer;

    private DpopReading Read(StringValues fields) =>
        fields is [{ } only] ? reader.Read(only) : new DpopReading { Fault = DpopFault.Malformed };

    private ProofJudgement Refuse(string path, string fault, ProofJudgement judgement)
    {
        LogRefused(path, fault);
        return judgement;
    }

    [LoggerMessage(3111, LogLevel.Information, "A DPoP proof was refused at {Endpoint}: {Fault}")]
    private partial void LogRefused(string endpoint, string fault);
}
