using System.Text.Json;
using CorpSecure.Protocol.Encodings;

namespace CorpSecure.Identity.Tokens;

/// <summary>
/// Looks at a client assertion as it was sent, before any library reads it its own way: one well-formed JWT with one
/// reading, in our algorithms, for this issuer (RFC 7523 section 3, RFC 8725, FAPI 2.0 section 5.3.2.1).
/// </summary>
public static class ClientAssertionText
{
    private const int Longest = 8 * 1024;
    private static readonly JsonDocumentOptions OneReading = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <param name="clientId">The request's <c>client_id</c>, if it has one.</param>
    public static bool IsAcceptable(string? assertion, string issuer, string? clientId)
    {
        if (assertion is not { Length: <= Longest } || assertion.Split('.') is not [var first, var second, var third] || CanonicalBase64Url.Decode(third) is null)
            return false;
        using var header = Parse(first);
        using var claims = Parse(second);
        return header is not null && claims is not null && IsHeader(header.RootElement) && AreClaims(claims.RootElement, issuer, clientId);
    }

    // No extension is understood here, so none may be critical (RFC 7515 section 4.1.11); keys come from the register, never from the message.
    private static bool IsHeader(JsonElement header) =>
        Text(header, "alg") is { } algorithm && ClientAssertionRules.Algorithms.Contains(algorithm)
        && (!header.TryGetProperty("typ", out _) || ClientAssertionRules.IsType(Text(header, "typ")))
        && (!header.TryGetProperty("kid", out _) || Text(header, "kid") is not null)
        && !header.TryGetProperty("crit", out _) && !header.TryGetProperty("b64", out _);

    private static bool AreClaims(JsonElement claims, string issuer, string? clientId) =>
        Text(claims, "iss") is { Length: > 0 } client && Text(claims, "sub") == client && (string.IsNullOrEmpty(clientId) || clientId == client)
        && Text(claims, "aud") == issuer // as a string: a list could name others, who could then use it here
        && Text(claims, "jti") is { Length: > 0 and <= ClientAssertionRules.LongestJti }
        && IsTime(claims, "exp", required: true) && IsTime(claims, "iat", required: false) && IsTime(claims, "nbf", required: false);

    private static bool IsTime(JsonElement claims, string name, bool required) =>
        claims.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.Number : !required;

    private static JsonDocument? Parse(string text)
    {
        if (CanonicalBase64Url.Decode(text) is not { } json)
            return null;
        try
        {
            var document = JsonDocument.Parse(json, OneReading);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException) // half of a surrogate pair: text to the parser, but no text
        {
            return null;
        }
    }
}
