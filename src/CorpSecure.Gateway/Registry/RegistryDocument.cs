using CorpSecure.Protocol.Signatures;
using FluentValidation;

namespace CorpSecure.Gateway.Registry;

/// <summary>What <c>registry import</c> reads.</summary>
public sealed record RegistryDocument
{
    public IReadOnlyList<ClientEntry> Clients { get; init; } = [];

    public IReadOnlyList<UserEntry> Users { get; init; } = [];

    public IReadOnlyList<EntitlementEntry> Entitlements { get; init; } = [];

    public IReadOnlyList<KeyEntry> Keys { get; init; } = [];
}

public sealed record ClientEntry(string Id, string Name, string Status = "active");

public sealed record UserEntry(string Subject, string Realm, string Person, string? Client, IReadOnlyList<string> Roles, string Status = "active");

public sealed record EntitlementEntry(string Subject, string Account, IReadOnlyList<string> Permissions);

/// <param name="Algorithm">Such as <c>ecdsa-p256-sha256</c>, or <c>PS256</c>, which has no other name.</param>
/// <param name="ActiveFrom">Before this it signs nothing; without it, it may at once.</param>
public sealed record KeyEntry(
    string KeyId, string Client, string Subject, string Algorithm, string PublicKeyPem, string State = "active", string? Name = null, DateTimeOffset? ActiveFrom = null);

public sealed class RegistryDocumentValidator : AbstractValidator<RegistryDocument>
{
    private static readonly string[] CorporateRoles = ["viewer", "maker", "checker", "releaser", "client-admin"];
    private static readonly string[] StaffRoles = ["reviewer", "approver", "policy-admin", "security-officer", "auditor"];
    private static readonly string[] Permissions = ["view", "pay"];

    public RegistryDocumentValidator()
    {
        RuleForEach(document => document.Clients).ChildRules(client =>
        {
            client.RuleFor(entry => entry.Id).NotEmpty().MaximumLength(50).Matches("^[a-z0-9-]+$");
            client.RuleFor(entry => entry.Name).NotEmpty().MaximumLength(200);
            client.RuleFor(entry => entry.Status).Must(IsStatus).WithMessage("must be active or suspended");
        });
        RuleForEach(document => document.Users).ChildRules(user =>
        {
            user.RuleFor(entry => entry.Subject).NotEmpty().MaximumLength(100);
            user.RuleFor(entry => entry.Person).NotEmpty().MaximumLength(100);
            user.RuleFor(entry => entry.Realm).Must(realm => realm is "corporate" or "staff").WithMessage("must be corporate or staff");
            user.RuleFor(entry => entry.Client).Must((entry, client) => (entry.Realm == "staff") == (client is null))
                .WithMessage("is required for corporate users and forbidden for staff");
            user.RuleFor(entry => entry.Status).Must(IsStatus).WithMessage("must be active or suspended");
            user.RuleForEach(entry => entry.Roles).Must((entry, role) => (entry.Realm == "staff" ? StaffRoles : CorporateRoles).Contains(role))
                .WithMessage("'{PropertyValue}' is not a role of this realm");
        });
        RuleForEach(document => document.Entitlements).ChildRules(entitlement =>
        {
            entitlement.RuleFor(entry => entry.Subject).NotEmpty().MaximumLength(100);
            entitlement.RuleFor(entry => entry.Account).NotEmpty().MaximumLength(100);
            entitlement.RuleFor(entry => entry.Permissions).NotEmpty();
            entitlement.RuleForEach(entry => entry.Permissions).Must(Permissions.Contains).WithMessage("'{PropertyValue}' is not view or pay");
        });
        RuleForEach(document => document.Keys).ChildRules(key =>
        {
            // It stands in paths and in signature fields.
            key.RuleFor(entry => entry.KeyId).NotEmpty().MaximumLength(100).Matches("^[A-Za-z0-9._~-]*$");
            key.RuleFor(entry => entry.Name).MaximumLength(100);
            key.RuleFor(entry => entry.Client).NotEmpty();
            key.RuleFor(entry => entry.Subject).NotEmpty();
            key.RuleFor(entry => entry.State).Must(state => state is "active" or "retired" or "revoked").WithMessage("must be active, retired or revoked");
            key.RuleFor(entry => entry.PublicKeyPem).Must((entry, pem) => RegisteredKeys.TryRead(entry.KeyId, entry.Algorithm, pem) is not null)
                .WithMessage("is not a public key of the named algorithm, or that is not one of " + string.Join(", ", SignatureAlgorithm.All));
        });
    }

    private static bool IsStatus(string status) => status is "active" or "suspended";
}
