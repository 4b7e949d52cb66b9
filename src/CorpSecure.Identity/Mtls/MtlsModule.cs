using System.Security.Cryptography.X509Certificates;
using CorpSecure.Identity.Hosting;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace CorpSecure.Identity.Mtls;

/// <summary>RFC 8705: clients known by the name in their certificate, and tokens bound to it.</summary>
public static class MtlsModule
{
    /// <summary>After all endpoints are set: each gets its alias.</summary>
    public static void Add(OpenIddictServerBuilder server, IdentitySettings settings)
    {
        // The library matches certificates with the hosts of redirect URIs, and takes any for proof; names are registered here.
        server.RemoveEventHandler(ValidateClientCertificate.Descriptor);
        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(context => NameByIssuer(context, settings.Issuer))
            .SetOrder(Discovery.AttachEndpoints.Descriptor.Order + 1));
        if (settings.Mtls is not { } mtls)
            return;
        server.Services.AddSingleton(mtls);
        server.Services.AddSingleton<ClientCertificates>();
        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(AnnounceBinding) // which this server does itself, so the library must not do it again
            .SetOrder(Discovery.AttachAdditionalMetadata.Descriptor.Order + 1));
        server.AddEventHandler<ProcessAuthenticationContext>(handler => handler
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientCertificate>()
            .UseScopedHandler<TlsClient>()
            .SetOrder(ValidateClientCertificate.Descriptor.Order));
        server.Services.Configure<OpenIddictServerOptions>(options => Announce(options, mtls));
    }

    // The library names endpoints by the address that was asked, and so by whatever Host says; each listener must tell the same.
    private static ValueTask NameByIssuer(HandleConfigurationRequestContext context, Uri issuer)
    {
        context.AuthorizationEndpoint = Named(context.AuthorizationEndpoint);
        context.JsonWebKeySetEndpoint = Named(context.JsonWebKeySetEndpoint);
        context.TokenEndpoint = Named(context.TokenEndpoint);
        context.PushedAuthorizationEndpoint = Named(context.PushedAuthorizationEndpoint);
        context.IntrospectionEndpoint = Named(context.IntrospectionEndpoint);
        context.RevocationEndpoint = Named(context.RevocationEndpoint);
        return ValueTask.CompletedTask;

        Uri? Named(Uri? endpoint) => endpoint is null ? null : new Uri(issuer, endpoint.AbsolutePath);
    }

    private static ValueTask AnnounceBinding(HandleConfigurationRequestContext context)
    {
        context.TlsClientCertificateBoundAccessTokens = true;
        return ValueTask.CompletedTask;
    }

    private static void Announce(OpenIddictServerOptions options, MtlsListenerSettings mtls)
    {
        options.ClientAuthenticationMethods.Add(ClientAuthenticationMethods.TlsClientAuth);
        // Wanted with the method, though the listener has verified every chain before the library sees a certificate.
        options.PublicKeyInfrastructureTlsClientAuthenticationPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust };
        options.MtlsTokenEndpointAliasUri = Alias(options.TokenEndpointUris);
        options.MtlsPushedAuthorizationEndpointAliasUri = Alias(options.PushedAuthorizationEndpointUris);
        options.MtlsRevocationEndpointAliasUri = Alias(options.RevocationEndpointUris);
        options.MtlsIntrospectionEndpointAliasUri = Alias(options.IntrospectionEndpointUris);

        Uri? Alias(List<Uri> endpoints) => endpoints is [var first, ..] ? new Uri(mtls.Origin, first) : null;
    }
}
