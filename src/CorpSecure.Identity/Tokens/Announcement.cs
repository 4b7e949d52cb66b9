using CorpSecure.Identity.Consent;
using CorpSecure.Protocol.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Tokens;

/// <summary>What discovery says beyond what the server says of itself; the document is the same at both addresses (OpenID Connect Discovery, RFC 8414).</summary>
public static class Announcement
{
    public static void Add(OpenIddictServerBuilder server) =>
        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(Announce)
            .SetOrder(Discovery.AttachAdditionalMetadata.Descriptor.Order + 1));

    private static ValueTask Announce(HandleConfigurationRequestContext context)
    {
        context.Metadata[Metadata.AcrValuesSupported] = new([Sessions.Acr.Password, Sessions.Acr.TwoFactors]);
        context.Metadata["token_endpoint_auth_signing_alg_values_supported"] = new([.. ClientAssertionRules.Algorithms]);
        context.Metadata["dpop_signing_alg_values_supported"] = new([.. DpopProof.Algorithms]);
        context.Metadata["authorization_details_types_supported"] = new([PaymentInitiation.TypeName]);
        return ValueTask.CompletedTask;
    }
}
