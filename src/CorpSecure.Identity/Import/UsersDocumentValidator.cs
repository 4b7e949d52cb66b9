using CorpSecure.Identity.Hosting;
using FluentValidation;
using OtpNet;

namespace CorpSecure.Identity.Import;

public sealed class UsersDocumentValidator : AbstractValidator<UsersDocument>
{
    public UsersDocumentValidator(Realm realm, string directory)
    {
        RuleForEach(document => document.Users).NotNull().WithMessage("must not be null").SetValidator(new ImportedUserValidator(realm)!);
        RuleForEach(document => document.OauthClients).NotNull().WithMessage("must not be null").SetValidator(new ImportedClientValidator(directory)!);
        RuleFor(document => document.Users).Must(users => AreDistinct(users.Select(user => user?.Username?.ToUpperInvariant()))).WithMessage("a user name occurs twice");
        RuleFor(document => document.Users).Must(users => AreDistinct(users.Select(user => user?.Subject))).WithMessage("a subject occurs twice");
        RuleFor(document => document.OauthClients).Must(clients => AreDistinct(clients.Select(client => client?.ClientId))).WithMessage("a client id occurs twice");
    }

    private static bool AreDistinct(IEnumerable<string?> values)
    {
        var given = values.Where(value => value is not null).ToList();
        return given.Distinct(StringComparer.Ordinal).Count() == given.Count;
    }
}

public sealed class ImportedUserValidator : AbstractValidator<ImportedUser>
{
    private const int LeastSecretBytes = 16;

    public ImportedUserValidator(Realm realm)
    {
        RuleFor(user => user.Username).NotEmpty().MaximumLength(100).Must(name => name is null || !name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))).WithMessage("must not hold blanks");
        RuleFor(user => user.Password).NotEmpty().MinimumLength(12).MaximumLength(200).WithMessage("must have 12 to 200 characters");
        RuleFor(user => user.TotpSecret).Must(IsSecret).WithMessage("must be base32 of at least 128 bits");
        RuleFor(user => user.Subject).Matches(Identifiers.Pattern).NotNull();
        RuleFor(user => user.Person).Matches(Identifiers.Pattern).NotNull();
        RuleForEach(user => user.Roles).NotNull().Matches(Identifiers.Pattern);
        if (realm == Realm.Corporate)
            RuleFor(user => user.Client).NotNull().WithMessage("is required for corporate users").Matches(Identifiers.Pattern);
        else
            RuleFor(user => user.Client).Null().WithMessage("must be absent for bank staff");
    }

    private static bool IsSecret(string? text)
    {
        try
        {
            return text is { Length: > 0 and <= 200 } && Base32Encoding.ToBytes(text).Length >= LeastSecretBytes;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

public static class Identifiers
{
    public const string Pattern = @"^[A-Za-z0-9][A-Za-z0-9._:\-]{0,99}$";
}
