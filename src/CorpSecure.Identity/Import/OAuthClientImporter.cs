using CorpSecure.Identity.Mtls;
using CorpSecure.Identity.Tokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Import;

public sealed class OAuthClientImporter(IOpenIddictApplicationManager applications)
{
    public async Task ImportAsync(ImportedClient wanted, string directory, CancellationToken cancellation)
    {
        var descriptor = Describe(wanted, UsesKey(wanted) ? ClientKey.Load(wanted, directory) : ClientKey.OfNobody());
        if (await applications.FindByClientIdAsync(wanted.ClientId!, cancellation) is { } existing)
            await applications.UpdateAsync(existing, descriptor, cancellation);
        else
            await applications.CreateAsync(descriptor, cancellation);
    }

    private static OpenIddictApplicationDescriptor Describe(ImportedClient wanted, JsonWebKey key)
    {
        var redirects = wanted.RedirectUris.Select(text => new Uri(text!)).ToList();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = wanted.ClientId,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            // RFC 8252 section 7.3: a native client listens on whatever port it gets.
            ApplicationType = redirects.Any(uri => uri.IsLoopback && uri.Scheme == Uri.UriSchemeHttp) ? ApplicationTypes.Native : ApplicationTypes.Web,
            JsonWebKeySet = new JsonWebKeySet { Keys = { key } },
        };
        descriptor.RedirectUris.UnionWith(redirects);
        descriptor.Permissions.UnionWith([Permissions.Endpoints.Token, Permissions.Endpoints.Revocation]);
        if (wanted.Introspects)
            descriptor.Permissions.Add(Permissions.Endpoints.Introspection);
        descriptor.Permissions.UnionWith(wanted.Grants.Select(grant => Permissions.Prefixes.GrantType + grant));
        descriptor.Permissions.UnionWith(wanted.Scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        if (wanted.Grants.Contains(GrantTypes.AuthorizationCode))
        {
            descriptor.Permissions.UnionWith([Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Authorization, Permissions.ResponseTypes.Code]);
            descriptor.Requirements.UnionWith([Requirements.Features.ProofKeyForCodeExchange, Requirements.Features.PushedAuthorizationRequests]);
        }

        new OAuthClientFacts(wanted.Client, wanted.Subject, wanted.Person, [.. wanted.Roles.Select(role => role!)]).Store(descriptor.Properties);
        if (!UsesKey(wanted))
            new TlsClientName(wanted.TlsClientAuthSubjectDn, wanted.TlsClientAuthSanDns).Store(descriptor.Properties);
        return descriptor;
    }

    private static bool UsesKey(ImportedClient wanted) => wanted.PublicKeyFile is not null || wanted.Jwk is not null;
}
