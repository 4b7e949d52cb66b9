using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Issuers;

namespace CorpSecure.Gateway.Tokens;

/// <summary>The issuers of each door. A token is verified by the keys of the one issuer that it names, and a token of the other door is just invalid.</summary>
public sealed class TokenIssuers
{
    private readonly TokenIssuer staff;
    private readonly TokenIssuer corporate;
    private readonly Dictionary<string, TokenIssuer> others;
    private readonly string[] prefixes;

    public TokenIssuers(IssuersSection issuers, CertificateStore certificates, TimeProvider clock, ILogger<TokenIssuer> logger)
    {
        corporate = TokenIssuer.Open(issuers.Corporate, certificates.Corporate, clock, logger);
        staff = TokenIssuer.Open(issuers.Staff, certificates.Staff, clock, logger);
        others = issuers.Others.Zip(certificates.Others).ToDictionary(pair => pair.First.Issuer, pair => TokenIssuer.Open(pair.First, pair.Second, clock, logger));
        prefixes = [.. issuers.Others.Select(other => other.SubjectPrefix)];
    }

    public async Task<VerifiedToken> VerifyAsync(Listener listener, string text)
    {
        var token = UnverifiedToken.Read(text);
        if (listener == Listener.Ops)
            return await staff.VerifyAsync(token);
        if (others.TryGetValue(token.Issuer, out var other))
            return await other.VerifyAsync(token);
        var verified = await corporate.VerifyAsync(token);
        // What looks like another issuer's is nobody's.
        return Array.Exists(prefixes, prefix => verified.Facts.Subject.StartsWith(prefix, StringComparison.Ordinal)) ? VerifiedToken.Of(Reasons.TokenInvalid) : verified;
    }

    /// <summary>Where the API's tokens come from.</summary>
    public IEnumerable<IssuerSection> OfApi => others.Values.Select(other => other.Section).Prepend(corporate.Section);

    /// <summary>What the token's issuer calls an authentication context class.</summary>
    public string NameOf(string acr, TokenFacts token) =>
        token.Issuer is { } issuer && others[issuer].Section is OtherIssuerSection section
            ? section.AcrValues.FirstOrDefault(pair => Policies.AcrNames.TryGet(pair.Value, out var ours) && ours == acr).Key ?? ""
            : acr;
}
