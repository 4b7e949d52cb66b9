using System.Text.Json.Serialization;

namespace CorpSecure.Client.SignIn;

/// <summary>Endpoints that a client calls itself: the server's usual ones, or those that ask for client certificates (RFC 8705 section 5).</summary>
public sealed record ProviderEndpoints
{
    /// <summary>Where codes, refresh tokens and client credentials become access tokens.</summary>
    [JsonPropertyName("token_endpoint")]
    public Uri? TokenEndpoint { get; init; }

    /// <summary>Where tokens are revoked (RFC 7009), when the server offers it.</summary>
    [JsonPropertyName("revocation_endpoint")]
    public Uri? RevocationEndpoint { get; init; }

    /// <summary>Where authorization requests are handed in beforehand (RFC 9126), when the server offers it.</summary>
    [JsonPropertyName("pushed_authorization_request_endpoint")]
    public Uri? PushedAuthorizationRequestEndpoint { get; init; }
}
