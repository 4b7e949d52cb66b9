using CorpSecure.Identity.Mtls;
using FluentValidation;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Import;

public sealed class ImportedClientValidator : AbstractValidator<ImportedClient>
{
    private static readonly string[] Grants = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken, GrantTypes.ClientCredentials];

    public ImportedClientValidator(string directory)
    {
        RuleFor(client => client.ClientId).NotNull().Matches(Identifiers.Pattern);
        RuleFor(client => client)
            .Must(client => new object?[] { client.PublicKeyFile, client.Jwk, client.TlsClientAuthSubjectDn, client.TlsClientAuthSanDns }.Count(way => way is not null) == 1)
            .WithName("key").WithMessage("publicKeyFile, jwk, tlsClientAuthSubjectDn or tlsClientAuthSanDns, one of them");
        RuleFor(client => client.TlsClientAuthSubjectDn).Must(name => name is null || TlsClientName.IsDistinguishedName(name)).WithMessage("must be a distinguished name such as CN=erp, O=Acme");
        RuleFor(client => client.TlsClientAuthSanDns).Must(name => name is null || Uri.CheckHostName(name) == UriHostNameType.Dns).WithMessage("must be a DNS name");
        RuleFor(client => client).Custom((client, context) =>
        {
            if ((client.PublicKeyFile is not null || client.Jwk is not null) && ClientKey.Fault(client, directory) is { } fault)
                context.AddFailure("key", fault);
        });
        RuleFor(client => client.Grants).NotEmpty().When(GetsTokens);
        RuleForEach(client => client.Grants).Must(grant => Grants.Contains(grant)).WithMessage($"must be one of {string.Join(", ", Grants)}");
        RuleFor(client => client.Scopes).NotEmpty().When(GetsTokens);
        RuleForEach(client => client.Scopes).NotNull().Matches(Identifiers.Pattern);
        RuleFor(client => client.RedirectUris).NotEmpty().When(UsesCode).WithMessage("the authorization code grant needs one");
        RuleForEach(client => client.RedirectUris).Must(IsRedirect).WithMessage("must be https, or http on a loopback address, without a fragment");
        RuleFor(client => client.Client).Matches(Identifiers.Pattern);
        RuleFor(client => client.Subject).Matches(Identifiers.Pattern);
        RuleFor(client => client.Person).Matches(Identifiers.Pattern);
        RuleForEach(client => client.Roles).NotNull().Matches(Identifiers.Pattern);
    }

    private static bool GetsTokens(ImportedClient client) => !client.Introspects || client.Grants.Count > 0;

    private static bool UsesCode(ImportedClient client) => client.Grants.Contains(GrantTypes.AuthorizationCode);

    private static bool IsRedirect(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
