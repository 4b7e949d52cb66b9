using System.Buffers.Text;
using System.Text.Json;

namespace CorpSecure.Cli.SignIn;

/// <summary>
/// What the access token says of its user. Read for display only and not verified: the gateway does that,
/// and a token in another form than JWT shows as nothing.
/// </summary>
internal sealed record TokenClaims(
    string? Issuer, string? Subject, string? Person, string? Client, IReadOnlyList<string> Roles, string? Acr, IReadOnlyList<string> Amr)
{
    private static readonly TokenClaims None = new(null, null, null, null, [], null, []);

    public static TokenClaims Of(string accessToken)
    {
        if (accessToken.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
        {
            return None;
        }
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            var claims = document.RootElement;
            return new TokenClaims(
                Text(claims, "iss"), Text(claims, "sub"), Text(claims, "person"), Text(claims, "client"),
                List(claims, "roles"), Text(claims, "acr"), List(claims, "amr"));
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] List(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)]
            : [];
}
