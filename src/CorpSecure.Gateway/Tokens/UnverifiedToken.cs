using System.Buffers.Text;
using System.Text.Json;
using CorpSecure.Core.Decisions;

namespace CorpSecure.Gateway.Tokens;

/// <summary>What a token says before anything of it is believed: that it can be read in one way only, and who claims to have issued it.</summary>
/// <param name="Issuer">Good only to choose whose keys must have signed it.</param>
public readonly record struct UnverifiedToken(string Text, string Issuer, Reason? Fault)
{
    private static readonly JsonDocumentOptions OneReading = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static UnverifiedToken Read(string token)
    {
        if (!CompactForm.Is(token))
            return new(token, "", Reasons.TokenMalformed);
        var text = token.AsSpan();
        var first = text.IndexOf('.');
        using var header = Parse(text[..first]);
        using var claims = Parse(text[(first + 1)..text.LastIndexOf('.')]);
        if (header is null || claims is null)
            return new(token, "", Reasons.TokenMalformed);
        // RFC 7515 section 4.1.11: no extension is understood here, so none may be critical.
        return header.RootElement.TryGetProperty("crit", out _)
            ? new(token, "", Reasons.TokenInvalid)
            : new(token, IssuerOf(claims.RootElement), null);
    }

    // A token library reads no further than the first object, and takes the last of two claims; RFC 7519 section 4 wants names to be unique.
    private static JsonDocument? Parse(ReadOnlySpan<char> part)
    {
        try
        {
            var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), OneReading);
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

    private static string IssuerOf(JsonElement claims)
    {
        try
        {
            return claims.TryGetProperty("iss", out var issuer) && issuer.ValueKind == JsonValueKind.String ? issuer.GetString()! : "";
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            return "";
        }
    }
}
