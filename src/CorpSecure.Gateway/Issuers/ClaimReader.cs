using System.Text.Json;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Policies;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CorpSecure.Gateway.Issuers;

/// <summary>From the claims of a verified token to facts, by the names that its issuer uses.</summary>
public sealed class ClaimReader
{
    private const int Longest = 200;

    private readonly ClaimNames names;
    private readonly OtherIssuerSection? other;
    private readonly Dictionary<string, string>? acrValues;

    public ClaimReader(IssuerSection section)
    {
        other = section as OtherIssuerSection;
        names = other?.Claims ?? new ClaimNames();
        acrValues = other?.AcrValues.ToDictionary(pair => pair.Key, pair => AcrNames.TryGet(pair.Value, out var acr) ? acr : "");
    }

    /// <returns>Null when a claim that is needed is missing or of another type.</returns>
    public TokenFacts? Read(JsonWebToken jwt, DateTimeOffset latest)
    {
        if (Text(jwt, names.Subject) is not { } subject || Text(jwt, names.Person) is not { } person || Text(jwt, names.Holder) is not { } holder
            || Text(jwt, "jti") is not { } id || !jwt.TryGetPayloadValue<long>("iat", out _)
            || Acr(jwt) is not { } acr || Amr(jwt) is not { } amr || AuthTime(jwt, latest) is not { } authTime)
            return null;
        var prefix = other?.SubjectPrefix;
        return new TokenFacts
        {
            Subject = prefix + subject,
            Person = person,
            Client = Text(jwt, names.Client) ?? "",
            Holder = holder,
            TokenId = prefix + id,
            Session = Text(jwt, names.Session) is { } session ? prefix + session : null,
            Issuer = other?.Issuer,
            Acr = acr,
            Amr = amr,
            AuthTime = authTime,
            IssuedAt = jwt.IssuedAt,
            ExpiresAt = jwt.ValidTo,
        };
    }

    public static JsonElement? Confirmation(JsonWebToken jwt) => jwt.TryGetPayloadValue<JsonElement>("cnf", out var cnf) ? cnf : null;

    /// <summary>A value that is mapped to none is as weak as no value: the caller is asked to step up.</summary>
    private string? Acr(JsonWebToken jwt) => acrValues is null
        ? Text(jwt, names.Acr)
        : Text(jwt, names.Acr) is { } theirs && acrValues.TryGetValue(theirs, out var ours) ? ours : "";

    // RFC 9068 section 2.2.1 leaves these two to the issuer.
    private string[]? Amr(JsonWebToken jwt)
    {
        if (jwt.TryGetPayloadValue<string[]>(names.Amr, out var amr) && amr is not null)
            return amr;
        return other is null ? null : [];
    }

    private DateTimeOffset? AuthTime(JsonWebToken jwt, DateTimeOffset latest)
    {
        if (jwt.TryGetPayloadValue<long>(names.AuthTime, out var time))
            return time < 0 || time > latest.ToUnixTimeSeconds() ? null : DateTimeOffset.FromUnixTimeSeconds(time);
        return other is null ? null : DateTimeOffset.UnixEpoch;
    }

    private static string? Text(JsonWebToken jwt, string claim) =>
        jwt.TryGetPayloadValue<string>(claim, out var text) && text is { Length: > 0 and <= Longest } ? text : null;
}
