using System.Text.Json;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tokens;

/// <summary>One issuer: discovery, keys, and the rules its access tokens must meet (RFC 9068, RFC 8725, FAPI 2.0).</summary>
public sealed partial class TokenIssuer(
    IssuerSection section, IConfigurationManager<OpenIdConnectConfiguration> configuration, TimeProvider clock, ILogger<TokenIssuer> logger)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RefreshAfterUnknownKey = TimeSpan.FromSeconds(10);
    private static readonly JsonDocumentOptions OneReading = new() { AllowDuplicateProperties = false };
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    public TokenIssuer(IssuerSection section, Watched<TrustBundle>? trust, TimeProvider clock, ILogger<TokenIssuer> logger)
        : this(section, Discovery(section, trust), clock, logger)
    {
    }

    private static ConfigurationManager<OpenIdConnectConfiguration> Discovery(IssuerSection section, Watched<TrustBundle>? trust) => new(
        section.Issuer.TrimEnd('/') + "/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(IssuerHttp.Create(section, trust)) { RequireHttps = true })
    {
        RefreshInterval = RefreshAfterUnknownKey,
        AutomaticRefreshInterval = TimeSpan.FromMinutes(30),
    };

    /// <summary>The verified token, or the reason code of its fault. Never throws for what the caller sent.</summary>
    public async Task<VerifiedToken> VerifyAsync(string token)
    {
        OpenIdConnectConfiguration current;
        try
        {
            current = await configuration.GetConfigurationAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or HttpRequestException)
        {
            LogUnreachable(section.Issuer, error.GetType().Name);
            return Fault(Reasons.TokenUnverifiable);
        }

        var result = await Handler.ValidateTokenAsync(token, Parameters(current));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            configuration.RequestRefresh(); // the issuer may have rotated its keys; the next try sees them
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            return Fault(ReasonFor(result.Exception));
        return HasOneReading(jwt) ? Read(jwt) : Fault(Reasons.TokenMalformed);
    }

    private TokenValidationParameters Parameters(OpenIdConnectConfiguration current) => new()
    {
        ValidIssuer = section.Issuer,
        ValidAudience = section.Audience,
        ValidTypes = ["at+jwt"],
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
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

    // The handler reads no further than the first object, and takes the last of two claims; RFC 7519 section 4 wants names to be unique.
    private static bool HasOneReading(JsonWebToken jwt)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload), OneReading);
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private VerifiedToken Read(JsonWebToken jwt)
    {
        if (Text(jwt, "sub") is not { } subject || Text(jwt, "person") is not { } person || Text(jwt, "client_id") is not { } holder
            || Text(jwt, "jti") is not { } id || Text(jwt, "acr") is not { } acr
            || !jwt.TryGetPayloadValue<long>("iat", out _)
            || !jwt.TryGetPayloadValue<long>("auth_time", out var authTime) || authTime < 0 || authTime > (clock.GetUtcNow() + Ahead).ToUnixTimeSeconds() || !jwt.TryGetPayloadValue<string[]>("amr", out var amr))
            return Fault(Reasons.TokenInvalid);
        var facts = new TokenFacts
        {
            Subject = subject,
            Person = person,
            Client = Text(jwt, "client") ?? "",
            Holder = holder,
            TokenId = id,
            Acr = acr,
            Amr = amr,
            AuthTime = DateTimeOffset.FromUnixTimeSeconds(authTime),
            IssuedAt = jwt.IssuedAt,
            ExpiresAt = jwt.ValidTo,
        };
        return new VerifiedToken(facts, TokenBinding.Read(jwt.TryGetPayloadValue<JsonElement>("cnf", out var cnf) ? cnf : null));
    }

    private static string? Text(JsonWebToken jwt, string claim) =>
        jwt.TryGetPayloadValue<string>(claim, out var text) && text is { Length: > 0 and <= 200 } ? text : null;

    private static Reason ReasonFor(Exception? error) => error switch
    {
        SecurityTokenMalformedException or ArgumentException => Reasons.TokenMalformed,
        SecurityTokenInvalidLifetimeException => Reasons.TokenExpired,
        _ => Reasons.TokenInvalid,
    };

    private static VerifiedToken Fault(Reason reason) => new(TokenVerifier.Fault(reason), TokenBinding.None);

    [LoggerMessage(2101, LogLevel.Error, "Keys of {Issuer} cannot be read: {Error}")]
    private partial void LogUnreachable(string issuer, string error);
}
