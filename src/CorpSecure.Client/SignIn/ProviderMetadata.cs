using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CorpSecure.Client.SignIn;

/// <summary>The part of an authorization server's metadata that a sign-in needs (RFC 8414, OpenID Connect Discovery 1.0).</summary>
public sealed record ProviderMetadata
{
    /// <summary>The issuer, exactly as its tokens and responses name it.</summary>
    [JsonPropertyName("issuer")]
    public required string Issuer { get; init; }

    /// <summary>Where the user's browser goes to sign in.</summary>
    [JsonPropertyName("authorization_endpoint")]
    public Uri? AuthorizationEndpoint { get; init; }

    /// <summary>Where codes, refresh tokens and client credentials become access tokens.</summary>
    [JsonPropertyName("token_endpoint")]
    public required Uri TokenEndpoint { get; init; }

    /// <summary>Where tokens are revoked (RFC 7009), when the server offers it.</summary>
    [JsonPropertyName("revocation_endpoint")]
    public Uri? RevocationEndpoint { get; init; }

    /// <summary>Where authorization requests are handed in beforehand (RFC 9126), when the server offers it.</summary>
    [JsonPropertyName("pushed_authorization_request_endpoint")]
    public Uri? PushedAuthorizationRequestEndpoint { get; init; }

    /// <summary>The same endpoints for clients that show a certificate (RFC 8705 section 5), when they are elsewhere.</summary>
    [JsonPropertyName("mtls_endpoint_aliases")]
    public ProviderEndpoints? MtlsAliases { get; init; }

    internal ProviderEndpoints Endpoints => new()
    {
        TokenEndpoint = TokenEndpoint,
        RevocationEndpoint = RevocationEndpoint,
        PushedAuthorizationRequestEndpoint = PushedAuthorizationRequestEndpoint,
    };

    /// <summary>Reads the metadata of <paramref name="issuer"/> from its well-known place and checks that it is that issuer's.</summary>
    /// <param name="http">The client to use; its handler must not follow redirects.</param>
    /// <param name="issuer">The issuer, as configured, https.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">The document is malformed, names another issuer, or an endpoint is not https.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached or answers with an error.</exception>
    public static async Task<ProviderMetadata> DiscoverAsync(HttpClient http, string issuer, CancellationToken cancellationToken = default)
    {
        var address = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration", UriKind.Absolute);
        RequireHttps(address, "issuer");
        using var response = await http.GetAsync(address, cancellationToken);
        response.EnsureSuccessStatusCode();
        var metadata = await ReadAsync(response, issuer, cancellationToken);

        // RFC 8414 section 3.3: the issuer must be identical to the one the address was made from.
        if (!string.Equals(metadata.Issuer, issuer, StringComparison.Ordinal))
        {
            throw new SignInException("issuer_mismatch", $"{address} describes the issuer '{metadata.Issuer}', not '{issuer}'.");
        }
        RequireHttps(metadata.AuthorizationEndpoint, "authorization_endpoint");
        RequireHttps(metadata.Endpoints);
        RequireHttps(metadata.MtlsAliases);
        return metadata;
    }

    private static void RequireHttps(ProviderEndpoints? endpoints)
    {
        RequireHttps(endpoints?.TokenEndpoint, "token_endpoint");
        RequireHttps(endpoints?.RevocationEndpoint, "revocation_endpoint");
        RequireHttps(endpoints?.PushedAuthorizationRequestEndpoint, "pushed_authorization_request_endpoint");
    }

    private static async Task<ProviderMetadata> ReadAsync(HttpResponseMessage response, string issuer, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<ProviderMetadata>(cancellationToken)
                ?? throw new SignInException("invalid_metadata", $"The metadata of {issuer} is empty.");
        }
        catch (JsonException e)
        {
            throw new SignInException("invalid_metadata", $"The metadata of {issuer} cannot be read: {e.Message}", e);
        }
    }

    private static void RequireHttps(Uri? address, string name)
    {
        if (address is not null && (!address.IsAbsoluteUri || address.Scheme != Uri.UriSchemeHttps))
        {
            throw new SignInException("invalid_metadata", $"The {name} '{address}' is not an https address.");
        }
    }
}
