using CorpSecure.Identity.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Revocation;

/// <summary>Revocation (RFC 7009) for every client, introspection (RFC 7662) for those registered for it.</summary>
public static class RevocationModule
{
    public const string RevocationPath = "/connect/revoke";
    public const string IntrospectionPath = "/connect/introspect";

    public static void Add(OpenIddictServerBuilder server)
    {
        server.SetRevocationEndpointUris(RevocationPath.TrimStart('/')).SetIntrospectionEndpointUris(IntrospectionPath.TrimStart('/'));
        server.AddEventHandler<GenerateTokenContext>(handler => handler
            .UseInlineHandler(NameByRow)
            .SetOrder(Protection.AttachTokenMetadata.Descriptor.Order + 1));
        server.AddEventHandler<HandleRevocationRequestContext>(handler => handler
            .UseScopedHandler<RevokeGrant>()
            .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order - 1));
        server.AddEventHandler<HandleIntrospectionRequestContext>(handler => handler
            .UseInlineHandler(NameTokenType)
            .SetOrder(Introspection.AttachMetadataClaims.Descriptor.Order + 1));
    }

    // The trigger that tells the gateway of revoked tokens knows only rows, the gateway knows only jti: they must be one.
    private static ValueTask NameByRow(GenerateTokenContext context)
    {
        if (context.TokenType == TokenTypeIdentifiers.AccessToken)
            context.SecurityTokenDescriptor.Claims[Claims.JwtId] = context.Principal.GetTokenId() ?? throw new InvalidOperationException("an access token without a row");
        return ValueTask.CompletedTask;
    }

    // RFC 9449 section 6.2 and RFC 8705 section 3.2: the type tells resource servers which scheme to demand.
    private static ValueTask NameTokenType(HandleIntrospectionRequestContext context)
    {
        if (context.Confirmation is { } confirmation)
            context.TokenType = confirmation.ContainsKey("jkt") ? "DPoP" : TokenTypes.Bearer;
        return ValueTask.CompletedTask;
    }
}
