using System.Text.Json;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>An answer of the token endpoint, or of the one for pushed requests.</summary>
public sealed record TokenAnswer(int Status, JsonElement Body, string? Nonce)
{
    public string? Error => Body.TryGetProperty("error", out var error) ? error.GetString() : null;

    public string AccessToken => Body.GetProperty("access_token").GetString()!;

    public string RefreshToken => Body.GetProperty("refresh_token").GetString()!;

    public string RequestUri => Body.GetProperty("request_uri").GetString()!;

    public static async Task<TokenAnswer> ReadAsync(HttpResponseMessage response)
    {
        var nonce = response.Headers.TryGetValues("DPoP-Nonce", out var values) ? values.Single() : null;
        var body = await response.Content.ReadAsStringAsync();
        return new TokenAnswer((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(body.Length == 0 ? "{}" : body), nonce); // a revocation answers nothing
    }
}
