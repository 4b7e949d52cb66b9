using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Policies;
using FluentValidation;
using FluentValidation.Results;

namespace CorpSecure.Gateway.Issuers;

/// <summary>What the settings of issuers must be, each by itself and all together.</summary>
public static class IssuerRules
{
    public static readonly string[] KnownAlgorithms = ["ES256", "PS256"];

    private static readonly TimeSpan LongestTokenLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestUnrevocable = TimeSpan.FromMinutes(15);

    public static void Check(AbstractValidator<GatewaySettings> settings)
    {
        settings.RuleFor(all => all.Issuers).Custom((issuers, context) =>
        {
            void Fault(string key, string message) => context.AddFailure(new ValidationFailure(key, message));
            Common("Issuers:Corporate", issuers.Corporate, Fault);
            Common("Issuers:Staff", issuers.Staff, Fault);
            for (var i = 0; i < issuers.Others.Length; i++)
            {
                Common($"Issuers:Others:{i}", issuers.Others[i], Fault);
                Other($"Issuers:Others:{i}", issuers.Others[i], Fault);
                Distinct(i, issuers, Fault);
            }
        });
    }

    /// <summary>The binder leaves out an element of a list that it cannot read, without a word.</summary>
    public static IEnumerable<string> Unreadable(IConfiguration configuration) =>
        configuration.GetSection("Issuers:Others").GetChildren().Select(FaultOf).OfType<string>();

    private static string? FaultOf(IConfigurationSection section)
    {
        try
        {
            return section.Get<OtherIssuerSection>() is null ? $"{section.Path}: is empty" : null;
        }
        catch (InvalidOperationException error)
        {
            return error.Message; // it names the key
        }
    }

    private static void Common(string key, IssuerSection section, Action<string, string> fault)
    {
        foreach (var algorithm in section.Algorithms.Except(KnownAlgorithms))
            fault($"{key}:Algorithms", $"'{algorithm}' is not one of {string.Join(", ", KnownAlgorithms)}");
        if (section.TokenTypes.Any(string.IsNullOrWhiteSpace))
            fault($"{key}:TokenTypes", "a type is empty");
    }

    private static void Other(string key, OtherIssuerSection section, Action<string, string> fault)
    {
        if (!Uri.TryCreate(section.Issuer, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
            fault($"{key}:Issuer", "must be an https URL");
        if (section.Audience.Length == 0)
            fault($"{key}:Audience", "is missing");
        if (section.CaFile.Length > 0 && !File.Exists(section.CaFile))
            fault($"{key}:CaFile", $"file not found: {section.CaFile}");
        if (section.ConnectTo.Length > 0 && Tokens.IssuerHttp.Place(section.ConnectTo) is null)
            fault($"{key}:ConnectTo", $"'{section.ConnectTo}' is not host:port");
        if (section.SubjectPrefix is not { Length: >= 2 and <= 30 } prefix || prefix[^1] != ':' || !prefix[..^1].All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            fault($"{key}:SubjectPrefix", "must be small letters, digits and hyphens, ended by a colon, such as acme-idp:");
        foreach (var name in Names(section.Claims).Where(string.IsNullOrWhiteSpace))
            fault($"{key}:Claims", "the name of a claim is empty");
        foreach (var (theirs, ours) in section.AcrValues.Where(pair => !AcrNames.TryGet(pair.Value, out _)))
            fault($"{key}:AcrValues:{theirs}", $"'{ours}' is not one of mfa, client, pwd");
        if (section.AcrValues.Count == 0)
            fault($"{key}:AcrValues", "is missing: no sign-in there would be strong enough for anything");
        if (section.MaximumTokenLife <= TimeSpan.Zero || section.MaximumTokenLife > LongestTokenLife)
            fault($"{key}:MaximumTokenLife", $"must be longer than nothing and at most {LongestTokenLife}");
        switch (section.Revocation)
        {
            case null:
                fault($"{key}:Revocation", "is missing; Introspection, or Lifetime where revoked tokens may live on to their end");
                break;
            case RevocationSource.Lifetime when section.MaximumTokenLife > LongestUnrevocable:
                fault($"{key}:MaximumTokenLife", $"is too long where tokens cannot be revoked; at most {LongestUnrevocable}");
                break;
            case RevocationSource.Introspection:
                Introspection($"{key}:Introspection", section.Introspection, fault);
                break;
        }
    }

    private static void Introspection(string key, IntrospectionSection section, Action<string, string> fault)
    {
        if (section.Endpoint.Length > 0 && (!Uri.TryCreate(section.Endpoint, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps))
            fault($"{key}:Endpoint", "must be an https URL");
        if (section.ClientId.Length == 0)
            fault($"{key}:ClientId", "is missing");
        if (section.KeyId.Length == 0)
            fault($"{key}:KeyId", "is missing");
        if (section.KeyFile.Length == 0)
            fault($"{key}:KeyFile", "is missing");
        else if (!File.Exists(section.KeyFile))
            fault($"{key}:KeyFile", $"file not found: {section.KeyFile}");
        if (section.CacheFor < TimeSpan.Zero || section.CacheFor > IntrospectionSection.LongestCache)
            fault($"{key}:CacheFor", $"must be at most {IntrospectionSection.LongestCache}");
    }

    /// <summary>Two issuers of one name could not be told apart, nor could users whose prefixes run into each other.</summary>
    private static void Distinct(int index, IssuersSection issuers, Action<string, string> fault)
    {
        var one = issuers.Others[index];
        var before = issuers.Others[..index];
        if (before.Cast<IssuerSection>().Append(issuers.Corporate).Append(issuers.Staff).Any(other => other.Issuer == one.Issuer))
            fault($"Issuers:Others:{index}:Issuer", "is another issuer's");
        if (before.Any(other => other.SubjectPrefix == one.SubjectPrefix))
            fault($"Issuers:Others:{index}:SubjectPrefix", "is another issuer's");
    }

    private static string[] Names(ClaimNames claims) =>
        [claims.Subject, claims.Person, claims.Client, claims.Holder, claims.Session, claims.Acr, claims.Amr, claims.AuthTime];
}
