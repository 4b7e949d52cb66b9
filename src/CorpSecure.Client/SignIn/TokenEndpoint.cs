using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using CorpSecure.Client.Tokens;

namespace CorpSecure.Client.SignIn;

/// <summary>The three grants this library uses, at one authorization server, for one client (RFC 6749 sections 4.1.3, 4.4.2 and 6).</summary>
/// <param name="http">The client to use; its handler must not follow redirects.</param>
/// <param name="metadata">The server.</param>
/// <param name="client">The OAuth client.</param>
/// <param name="time">The clock.</param>
public sealed class TokenEndpoint(HttpClient http, ProviderMetadata metadata, OAuthClient client, TimeProvider time)
{
    /// <summary>Exchanges an authorization code.</summary>
    /// <param name="code">The code, checked by <see cref="AuthorizationRequest.ReadResponse"/>.</param>
    /// <param name="request">The request it answers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">The server refused.</exception>
    public Task<SignInTokens> ExchangeAsync(string code, AuthorizationRequest request, CancellationToken cancellationToken = default) =>
        PostAsync(new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = request.RedirectUri.AbsoluteUri,
            ["code_verifier"] = request.Proof.Verifier,
        }, cancellationToken);

    /// <summary>Trades a refresh token for new tokens. The answer may hold no new refresh token: then the old one stays good.</summary>
    /// <param name="refreshToken">The refresh token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">The server refused; <c>invalid_grant</c> means: sign in again.</exception>
    public async Task<SignInTokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        var tokens = await PostAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, cancellationToken);
        return tokens with { RefreshToken = tokens.RefreshToken ?? refreshToken };
    }

    /// <summary>Asks for a token for the client itself.</summary>
    /// <param name="scope">The scope, values separated by spaces.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">The server refused.</exception>
    public Task<SignInTokens> ClientCredentialsAsync(string scope, CancellationToken cancellationToken = default) =>
        PostAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = scope }, cancellationToken);

    private async Task<SignInTokens> PostAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        form["client_id"] = client.ClientId;
        form["client_assertion_type"] = OAuthClient.AssertionType;
        form["client_assertion"] = client.CreateAssertion(metadata.Issuer, asked);
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(metadata.TokenEndpoint, content, cancellationToken);
        if ((int)response.StatusCode >= 500)
        {
            response.EnsureSuccessStatusCode();
        }
        var answer = await ReadAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode || answer.Error is not null)
        {
            var error = answer.Error ?? "invalid_response";
            throw new SignInException(error, $"{metadata.TokenEndpoint} refused: {answer.ErrorDescription ?? error} (HTTP {(int)response.StatusCode}).");
        }
        return answer.ToTokens(asked);
    }

    private async Task<TokenAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<TokenAnswer>(cancellationToken)
                ?? throw new SignInException("invalid_response", $"{metadata.TokenEndpoint} answered with nothing.");
        }
        catch (JsonException e)
        {
            throw new SignInException("invalid_response", $"{metadata.TokenEndpoint} answered HTTP {(int)response.StatusCode} with something that is not a token response.", e);
        }
    }

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("token_type")] string? TokenType,
        [property: JsonPropertyName("expires_in")] long? ExpiresIn,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("scope")] string? Scope,
        [property: JsonPropertyName("error")] string? Error,
        [property: JsonPropertyName("error_description")] string? ErrorDescription)
    {
        public SignInTokens ToTokens(DateTimeOffset asked)
        {
            if (string.IsNullOrEmpty(AccessToken) || !string.Equals(TokenType, "Bearer", StringComparison.OrdinalIgnoreCase))
            {
                throw new SignInException("invalid_response", $"The token response holds no bearer token (token_type '{TokenType}').");
            }
            // No expires_in: treated as short-lived, so that it is renewed rather than sent stale.
            var life = TimeSpan.FromSeconds(Math.Clamp(ExpiresIn ?? 60, 0, 86_400));
            return new SignInTokens(new AccessToken(AccessToken, asked + life), RefreshToken, Scope);
        }

        public override string ToString() => "TokenAnswer([redacted])";
    }
}
