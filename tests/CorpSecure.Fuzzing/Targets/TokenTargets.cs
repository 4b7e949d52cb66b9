using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>Access tokens: nothing in them makes the verifier throw, and none but the issuer's own passes.</summary>
internal static class TokenTargets
{
    private const string Issuer = "https://localhost:8444/";
    private const string Audience = "corpsecure-gateway";

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 7, 0, 0, TimeSpan.Zero);
    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "issuer-1" };
    private static readonly string Payload = $$"""
        {"iss":"{{Issuer}}","aud":"{{Audience}}","sub":"u-anna","person":"p-anna","client_id":"corpsec","client":"acme","jti":"0af7","iat":{{Now.ToUnixTimeSeconds()}},"exp":{{Now.ToUnixTimeSeconds() + 600}},"auth_time":{{Now.ToUnixTimeSeconds()}},"acr":"urn:corpsecure:acr:mfa","amr":["pwd","otp"],"cnf":{"x5t#S256":"AAAA"} }
        """;

    private static readonly string[] Words =
    [
        ".", "..", "e30", "eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzI1NiJ9", "=", "null", "\"iss\":", "\"aud\":[", "\"exp\":", "\"iat\":", "\"amr\":", "\"cnf\":", "[]", "{}", "1e308", "-1", "99999999999999",
        "9223372036854775807", "\"\\ud800\"", "true", "{\"x5t#S256\":", "\"\"", "[[", ",",
    ];

    private static readonly TokenIssuer Verifier = new(
        new IssuerSection { Issuer = Issuer, Audience = Audience },
        new StaticConfigurationManager<OpenIdConnectConfiguration>(new OpenIdConnectConfiguration { SigningKeys = { Key } }),
        new FakeTimeProvider(Now),
        NullLogger<TokenIssuer>.Instance);

    /// <summary>The whole text of a token.</summary>
    public static FuzzTarget Compact()
    {
        var token = Sign(Payload);
        Holds(IsAccepted(token), "the original is not accepted");
        return new("tokens", 8000, Words, input => CheckCompact(Encoding.Latin1.GetString(input), token, IsAccepted), input => CheckCompact(Encoding.Latin1.GetString(input), token, IsReadable))
        {
            Seeds = [Encoding.ASCII.GetBytes(token)],
        };
    }

    /// <summary>Claims that the issuer did sign.</summary>
    public static FuzzTarget Claims() => new("claims", 5000, Words, input => CheckClaims(input, IsAccepted), input => CheckClaims(input, IsReadable))
    {
        Seeds = [Encoding.ASCII.GetBytes(Payload)],
    };

    private static void CheckCompact(string text, string original, Func<string, bool> isAccepted)
    {
        if (isAccepted(text))
            Holds(text.Split('.').Select(Base64UrlEncoder.DecodeBytes).Zip(original.Split('.').Select(Base64UrlEncoder.DecodeBytes)).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), "a forgery is accepted");
    }

    private static void CheckClaims(byte[] payload, Func<string, bool> isAccepted)
    {
        if (!isAccepted(Sign(Encoding.Latin1.GetString(payload))))
            return;
        using var claims = JsonDocument.Parse(Encoding.Latin1.GetString(payload));
        Holds(claims.RootElement.GetProperty("iss").GetString() == Issuer, "another issuer is accepted");
        Holds(claims.RootElement.GetProperty("exp").GetDouble() > Now.ToUnixTimeSeconds(), "an expired token is accepted");
        Holds(claims.RootElement.GetProperty("aud").ToString().Contains(Audience), "another audience is accepted");
    }

    private static bool IsAccepted(string token) => Verifier.VerifyAsync(token).GetAwaiter().GetResult().Facts.Fault is null;

    private static bool IsReadable(string token) => new JsonWebTokenHandler().CanReadToken(token);

    private static string Sign(string payload)
    {
        var signed = $"{Base64UrlEncoder.Encode("""{"alg":"ES256","typ":"at+jwt","kid":"issuer-1"}""")}.{Base64UrlEncoder.Encode(payload)}";
        return $"{signed}.{Base64UrlEncoder.Encode(Key.ECDsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }
}
