using CorpSecure.Client.Dpop;
using CorpSecure.Client.Tokens;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.SignIn;

/// <summary>
/// The three grants this library uses, at one authorization server, for one client (RFC 6749 sections 4.1.3, 4.4.2 and 6). Tokens are
/// bound: to a DPoP key (RFC 9449), or to the certificate that the HTTP client presents (RFC 8705).
/// </summary>
public sealed class TokenEndpoint
{
    private readonly BackChannel _channel;
    private readonly TimeProvider _time;
    private readonly Uri _address;
    private readonly Uri? _revocation;

    /// <summary>Creates it.</summary>
    /// <param name="http">The client to use; its handler must not follow redirects.</param>
    /// <param name="metadata">The server.</param>
    /// <param name="client">The OAuth client.</param>
    /// <param name="time">The clock.</param>
    /// <param name="dpopKey">The key that tokens are to be bound to; none where they are bound to a certificate.</param>
    public TokenEndpoint(HttpClient http, ProviderMetadata metadata, OAuthClient client, TimeProvider time, SigningKey? dpopKey = null)
        : this(new BackChannel(http, metadata, client, time, dpopKey is null ? null : new DpopProver(dpopKey, time.GetUtcNow)), time)
    {
    }

    internal TokenEndpoint(BackChannel channel, TimeProvider time)
    {
        (_channel, _time) = (channel, time);
        _address = channel.Endpoint(endpoints => endpoints.TokenEndpoint, bindsTokens: true)
            ?? throw new SignInException("invalid_metadata", $"{channel.Issuer} has no token endpoint.");
        _revocation = channel.Endpoint(endpoints => endpoints.RevocationEndpoint, bindsTokens: false);
    }

    /// <summary>Exchanges an authorization code.</summary>
    /// <param name="code">The code, checked by <see cref="AuthorizationRequest.ReadResponse"/>.</param>
    /// <param name="request">The request it answers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">The server refused.</exception>
    public Task<SignInTokens> ExchangeAsync(string code, AuthorizationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return AskAsync(new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = request.RedirectUri.AbsoluteUri,
            ["code_verifier"] = request.Proof.Verifier,
        }, cancellationToken);
    }

    /// <summary>Trades a refresh token for new tokens. The answer may hold no new refresh token: then the old one stays good.</summary>
    /// <param name="refreshToken">The refresh token.</param>
    /// <param name="scope">What the new token is to be good for, out of what was granted; all of it when absent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">The server refused; <c>invalid_grant</c> means: the session has ended, sign in again.</exception>
    public async Task<SignInTokens> RefreshAsync(string refreshToken, string? scope = null, CancellationToken cancellationToken = default)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken };
        if (scope is not null)
        {
            form["scope"] = scope;
        }
        var tokens = await AskAsync(form, cancellationToken);
        return tokens with { RefreshToken = tokens.RefreshToken ?? refreshToken };
    }

    /// <summary>Asks for a token for the client itself.</summary>
    /// <param name="scope">The scope, values separated by spaces.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">The server refused.</exception>
    public Task<SignInTokens> ClientCredentialsAsync(string scope, CancellationToken cancellationToken = default) =>
        AskAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = scope }, cancellationToken);

    /// <summary>Ends a sign-in by revoking its refresh token (RFC 7009). A token that the server does not know counts as revoked.</summary>
    /// <param name="refreshToken">The refresh token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the server offers no revocation.</returns>
    /// <exception cref="SignInException">The server refused.</exception>
    public async Task<bool> RevokeAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        if (_revocation is null)
        {
            return false;
        }
        var form = new Dictionary<string, string> { ["token"] = refreshToken, ["token_type_hint"] = "refresh_token" };
        using var answer = await _channel.SendAsync(_revocation, form, proven: false, cancellationToken);
        return true;
    }

    private async Task<SignInTokens> AskAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        var asked = _time.GetUtcNow();
        using var answer = await _channel.SendAsync(_address, form, proven: true, cancellationToken);
        // RFC 9449 section 5: a server that ignored the proof says Bearer, and whoever finds such a token can use it.
        var wanted = _channel.BindsToKey ? "DPoP" : "Bearer";
        if (answer.Text("access_token") is not { Length: > 0 } token || !string.Equals(answer.Text("token_type"), wanted, StringComparison.OrdinalIgnoreCase))
        {
            throw new SignInException("invalid_response", $"The token response holds no {wanted} token (token_type '{answer.Text("token_type")}').");
        }
        // No expires_in: treated as short-lived, so that it is renewed rather than sent stale.
        var life = TimeSpan.FromSeconds(Math.Clamp(answer.Number("expires_in") ?? 60, 0, 86_400));
        return new SignInTokens(new AccessToken(token, asked + life), answer.Text("refresh_token"), answer.Text("scope"));
    }
}
