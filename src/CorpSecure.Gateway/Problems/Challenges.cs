using System.Globalization;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Issuers;
using CorpSecure.Gateway.Requests;
using CorpSecure.Gateway.Tokens;
using CorpSecure.Protocol.Dpop;
using Microsoft.Extensions.Primitives;

namespace CorpSecure.Gateway.Problems;

/// <summary>What a 401 asks for (RFC 6750 section 3, RFC 9449 section 7.1, RFC 9470 section 3, RFC 9728 section 5.1).</summary>
public sealed class Challenges(ExternalOrigins origins, TokenIssuers issuers)
{
    private const string Realm = "realm=\"corpsecure\"";

    private static readonly string Algorithms = $", algs=\"{string.Join(' ', DpopProof.Algorithms)}\"";

    private readonly string resource = $", resource_metadata=\"{origins.Origin(Listener.Api)}{ProtectedResource.Path}\"";

    /// <summary>The error stands with the scheme that was used. Callers with a certificate are told of the scheme that is theirs, too.</summary>
    public StringValues For(Reason reason, Exchange? exchange)
    {
        var sent = exchange?.Context.Request.Headers.Authorization.ToString() ?? "";
        var isBearer = sent.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase);
        var error = Error(reason, exchange);
        var metadata = exchange is { Listener: Listener.Api } ? resource : "";
        var dpop = $"DPoP {Realm}{Algorithms}{(isBearer ? "" : error)}{metadata}";
        var bearer = $"Bearer {Realm}{(isBearer ? error : "")}{metadata}";
        if (IsStepUp(reason))
            return isBearer ? bearer : dpop;
        if (isBearer)
            return new StringValues(new[] { bearer, dpop });
        return exchange?.Context.Connection.ClientCertificate is null ? dpop : new StringValues(new[] { dpop, bearer });
    }

    private string Error(Reason reason, Exchange? exchange)
    {
        if (IsStepUp(reason))
        {
            var (route, token) = (exchange!.Route, exchange.Facts.Token!);
            var values = route.Acr.Select(acr => issuers.NameOf(acr, token)).Where(name => name.Length > 0);
            return string.Create(
                CultureInfo.InvariantCulture,
                $", error=\"insufficient_user_authentication\", acr_values=\"{string.Join(' ', values)}\", max_age=\"{(long)route.MaximumAge.TotalSeconds}\"");
        }

        if (reason == Reasons.TokenMissing)
            return ""; // RFC 6750 section 3.1: who sent nothing is told nothing
        if (reason == Reasons.DpopNonceMissing || reason == Reasons.DpopNonceOld)
            return ", error=\"use_dpop_nonce\"";
        if (reason.Code.StartsWith("dpop.", StringComparison.Ordinal))
            return ", error=\"invalid_dpop_proof\"";
        return reason.Code.StartsWith("token.", StringComparison.Ordinal) || reason.Code.StartsWith("certificate.", StringComparison.Ordinal)
            ? ", error=\"invalid_token\""
            : "";
    }

    private static bool IsStepUp(Reason reason) => reason == Reasons.StrongerAuthentication || reason == Reasons.AuthenticationTooOld;
}
