using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Issuers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tokens;

/// <summary>One issuer: discovery, keys, and the rules its access tokens must meet (RFC 9068, RFC 8725, FAPI 2.0).</summary>
public sealed partial class TokenIssuer(
    IssuerSection section, IConfigurationManager<OpenIdConnectConfiguration> configuration, TimeProvider clock, ILogger<TokenIssuer> logger, Introspection? introspection = null)
{
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RefreshAfterUnknownKey = TimeSpan.FromSeconds(10);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    private readonly ClaimReader claims = new(section);
    private readonly string[] algorithms = section.Algorithms.Length > 0 ? section.Algorithms : IssuerRules.KnownAlgorithms;
    private readonly string[] types = section.TokenTypes.Length > 0 ? section.TokenTypes : ["at+jwt"];
    private readonly TimeSpan longestLife = (section as OtherIssuerSection)?.MaximumTokenLife ?? TimeSpan.MaxValue;

    public IssuerSection Section => section;

    public static TokenIssuer Open(IssuerSection section, Watched<TrustBundle>? trust, TimeProvider clock, ILogger<TokenIssuer> logger)
    {
        var http = IssuerHttp.Create(section, trust);
        var discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
            section.Issuer.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = true })
        {
            RefreshInterval = RefreshAfterUnknownKey,
            AutomaticRefreshInterval = TimeSpan.FromMinutes(30),
        };
        var introspection = section is OtherIssuerSection { Revocation: RevocationSource.Introspection } other
            ? new Introspection(other, http, discovery, new ClientAssertion(other, clock), clock, logger)
            : null;
        return new(section, discovery, clock, logger, introspection);
    }

    public Task<VerifiedToken> VerifyAsync(string token) => VerifyAsync(UnverifiedToken.Read(token));

    /// <summary>The verified token, or the reason code of its fault. Never throws for what the caller sent.</summary>
    public async Task<VerifiedToken> VerifyAsync(UnverifiedToken token)
    {
        if (token.Fault is { } fault)
            return VerifiedToken.Of(fault);
        OpenIdConnectConfiguration current;
        try
        {
            current = await configuration.GetConfigurationAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or HttpRequestException)
        {
            LogUnreachable(section.Issuer, error.GetType().Name);
            return VerifiedToken.Of(Reasons.TokenUnverifiable);
        }

        var result = await Handler.ValidateTokenAsync(token.Text, Parameters(current));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            configuration.RequestRefresh(); // the issuer may have rotated its keys; the next try sees them
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            return VerifiedToken.Of(ReasonFor(result.Exception));
        if (claims.Read(jwt, clock.GetUtcNow() + Ahead) is not { } facts || facts.ExpiresAt - facts.IssuedAt > longestLife)
            return VerifiedToken.Of(Reasons.TokenInvalid);
        var binding = TokenBinding.Read(ClaimReader.Confirmation(jwt));
        return new VerifiedToken(
            facts with { Unbound = binding.Kind == BindingKind.None, KeyBound = binding.Kind == BindingKind.Key },
            binding,
            introspection is null ? null : new TokenStanding(introspection, token.Text));
    }

    private TokenValidationParameters Parameters(OpenIdConnectConfiguration current) => new()
    {
        ValidIssuer = section.Issuer,
        ValidAudience = section.Audience,
        ValidTypes = types,
        ValidAlgorithms = algorithms,
        IssuerSigningKeys = current.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (notBefore, expires, jwt, _) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return expires > now && (notBefore is null || notBefore <= now + Ahead) && ((JsonWebToken)jwt).IssuedAt <= now + Ahead;
        },
    };

    private static Reason ReasonFor(Exception? error) => error switch
    {
        SecurityTokenMalformedException or ArgumentException => Reasons.TokenMalformed,
        SecurityTokenInvalidLifetimeException => Reasons.TokenExpired,
        _ => Reasons.TokenInvalid,
    };

    [LoggerMessage(2101, LogLevel.Error, "Keys of {Issuer} cannot be read: {Error}")]
    private partial void LogUnreachable(string issuer, string error);
}
