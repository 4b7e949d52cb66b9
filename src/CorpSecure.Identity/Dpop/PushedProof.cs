using CorpSecure.Identity.PushedRequests;
using CorpSecure.Protocol.Encodings;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Dpop;

/// <summary>RFC 9449 section 10.1: the key is named with the pushed request, by a proof or by its thumbprint, and the code is for that key.</summary>
public sealed class PushedProof(ProofJudge judge) : IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    /// <summary>The request parameter; what a proof shows is stored under it too.</summary>
    public const string KeyParameter = "dpop_jkt";
    private const int ThumbprintLength = 32;

    public async ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        var named = context.Request[KeyParameter];
        if (named is not null && !IsThumbprint((string?)named))
        {
            context.Reject(Errors.InvalidRequest, "The dpop_jkt is not a thumbprint.");
            return;
        }

        var judgement = await judge.JudgeAsync(context.Transaction.GetHttpRequest()!, PushedRequestsModule.Path, used: null, context.CancellationToken);
        if (judgement.Error is { } error)
            context.Reject(error, judgement.Description);
        else if (judgement.Thumbprint is { } proven && named is not null && (string?)named != proven)
            context.Reject(ProofJudgement.InvalidProof, ProofJudgement.Refused.Description);
        else if (judgement.Thumbprint is { } thumbprint)
            context.Request[KeyParameter] = thumbprint;
    }

    private static bool IsThumbprint(string? text) => text is { Length: < 64 } && CanonicalBase64Url.Decode(text) is { Length: ThumbprintLength };
}
