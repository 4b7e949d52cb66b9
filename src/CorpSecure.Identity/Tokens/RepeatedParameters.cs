using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Tokens;

/// <summary>RFC 6749 section 3.1: no parameter comes twice, or client and server might each count another one. A repeated one would read as absent.</summary>
public static class RepeatedParameters
{
    private static readonly string[] Repeatable = [Parameters.Audience, Parameters.Resource];

    public static void Add(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler.UseInlineHandler(RefuseAsync).SetOrder(int.MinValue));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(RefuseAsync).SetOrder(int.MinValue));
    }

    private static async ValueTask RefuseAsync(BaseValidatingContext context)
    {
        var form = await context.Transaction.GetHttpRequest()!.ReadFormAsync(context.CancellationToken);
        if (form.Any(parameter => parameter.Value.Count > 1 && !Repeatable.Contains(parameter.Key)))
            context.Reject(Errors.InvalidRequest, "A parameter is repeated.");
    }
}
