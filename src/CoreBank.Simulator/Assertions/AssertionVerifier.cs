using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CoreBank.Simulator.Assertions;

/// <summary>
/// Verifies the assertion the gateway adds to each call: who calls, and that exactly this request was decided on. The order is
/// cheap and shape checks, then the signature, then what the signature vouches for; the assertion is spent last, so that a copy
/// that fails for another reason uses nothing up.
/// </summary>
public sealed class AssertionVerifier
{
    public const string Header = "Corpsecure-Assertion";
    public const string TokenType = "corpsecure-assertion+jwt";

    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(30);

    private const int LongestAssertion = 8 * 1024;

    private readonly TimeProvider _time;
    private readonly SpentAssertions _spent;
    private readonly TokenValidationParameters _parameters;
    private readonly JsonWebTokenHandler _handler = new();

    public AssertionVerifier(IReadOnlyList<SecurityKey> keys, string issuer, string audience, TimeProvider time)
    {
        _time = time;
        // Issued at most one skew ahead of now, and usable until one skew after its longest life.
        _spent = new SpentAssertions(time, LongestLife + Skew + Skew + TimeSpan.FromSeconds(1));
        _parameters = new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [TokenType],
            ValidIssuer = issuer,
            ValidAudience = audience,
            RequireExpirationTime = true,
            // Judged against the injected clock in CheckLife; here only that there is an end.
            LifetimeValidator = (_, expires, _, _) => expires is not null,
        };
    }

    public async ValueTask<Verdict> VerifyAsync(ReceivedCall call)
    {
        if (!TryReadToken(call.Assertions, out var token, out var rejection))
            return Verdict.Reject(rejection);

        var result = await _handler.ValidateTokenAsync(token, _parameters);
        rejection = result.IsValid
            ? CheckLife(token) ?? CheckBinding(token, call)
            : ReasonFor(result.Exception);
        if (rejection is not null)
            return Verdict.Reject(rejection);

        if (!Guid.TryParseExact(token.Id, "D", out var id) || ReadCaller(token) is not { } caller)
            return Verdict.Reject(Rejections.Claims);
        return _spent.TrySpend(id) ? Verdict.Accept(caller) : Verdict.Reject(Rejections.Replayed);
    }

    private static bool TryReadToken(
        IReadOnlyList<string?> assertions, [NotNullWhen(true)] out JsonWebToken? token, [NotNullWhen(false)] out string? rejection)
    {
        token = null;
        rejection = assertions.Count switch { 0 => Rejections.Missing, 1 => null, _ => Rejections.Repeated };
        if (rejection is not null)
            return false;

        try
        {
            if (assertions[0] is { Length: > 0 and <= LongestAssertion } text && text.AsSpan().Count('.') == 2)
                token = new JsonWebToken(text);
        }
        catch (ArgumentException)
        {
            // IdentityModel tells of text that is no JWT this way; it is refused below.
        }

        // Said here for a clear reason; validation asks for both again. A critical extension (RFC 7515, 4.1.11) is none we know.
        rejection = token switch
        {
            null => Rejections.Malformed,
            { Alg: not SecurityAlgorithms.EcdsaSha256 } => Rejections.Algorithm,
            { Typ: not TokenType } => Rejections.Type,
            _ when token.TryGetHeaderValue<object>("crit", out _) => Rejections.Malformed,
            _ => null,
        };
        return rejection is null;
    }

    private string? CheckLife(JsonWebToken token)
    {
        if (!token.TryGetPayloadValue<long>("iat", out var issuedAt) || !token.TryGetPayloadValue<long>("exp", out var expiresAt))
            return Rejections.Lifetime;
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        if (expiresAt <= issuedAt || expiresAt - issuedAt > (long)LongestLife.TotalSeconds)
            return Rejections.Lifetime;
        if (issuedAt > now + (long)Skew.TotalSeconds)
            return Rejections.NotYetValid;
        return now >= expiresAt + (long)Skew.TotalSeconds ? Rejections.Expired : null;
    }

    private static string? CheckBinding(JsonWebToken token, ReceivedCall call)
    {
        if (token.Audiences.Count() != 1)
            return Rejections.Audience;
        if (Text(token, "htm") != call.Method)
            return Rejections.Method;
        if (Text(token, "target") != call.Target)
            return Rejections.Target;
        return Text(token, "body_sha256") != call.BodyDigest ? Rejections.Body : null;
    }

    private static Caller? ReadCaller(JsonWebToken token) =>
        Text(token, "client") is { Length: > 0 } client
        && Text(token, "sub") is { Length: > 0 } subject
        && Text(token, "acr") is { Length: > 0 } acr
        && Text(token, "decision_id") is { } decisionId && Guid.TryParseExact(decisionId, "D", out _)
            ? new Caller(decisionId, client, subject, Text(token, "person"), acr)
            : null;

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private static string ReasonFor(Exception exception) => exception switch
    {
        SecurityTokenInvalidIssuerException => Rejections.Issuer,
        SecurityTokenInvalidAudienceException => Rejections.Audience,
        SecurityTokenInvalidTypeException => Rejections.Type,
        SecurityTokenNoExpirationException or SecurityTokenInvalidLifetimeException => Rejections.Lifetime,
        _ => Rejections.Signature,
    };
}
