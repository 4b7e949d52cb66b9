using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.PushedRequests;

/// <summary>A request that was answered with an error is used up as much as one that was answered with a code.</summary>
public sealed class SpendRefusedRequest(IOpenIddictTokenManager tokens) : IOpenIddictServerHandler<ProcessChallengeContext>
{
    public async ValueTask HandleAsync(ProcessChallengeContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Authorization)
            return;
        var authentication = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!);
        if (authentication?.RequestTokenPrincipal?.GetTokenId() is { } id && await tokens.FindByIdAsync(id, context.CancellationToken) is { } token)
            await tokens.TryRedeemAsync(token, context.CancellationToken);
    }
}
