using CorpSecure.Client.SignIn;

namespace CorpSecure.Client.Tokens;

/// <summary>
/// Keeps the tokens of one sign-in and renews them shortly before they end, once for all who wait.
/// <see cref="GetAsync"/> is an <see cref="AccessTokenSource"/>.
/// </summary>
public sealed class CachedTokens : IDisposable
{
    private readonly Func<SignInTokens?, CancellationToken, Task<SignInTokens>> _renew;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile SignInTokens? _tokens;

    /// <summary>Creates the cache.</summary>
    /// <param name="renew">Gets the tokens at hand, if any, and returns new ones.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tokens">The tokens at hand.</param>
    public CachedTokens(Func<SignInTokens?, CancellationToken, Task<SignInTokens>> renew, TimeProvider time, SignInTokens? tokens = null)
    {
        _renew = renew;
        _time = time;
        _tokens = tokens;
    }

    /// <summary>How long before its end a token is renewed, so that it does not end on the way.</summary>
    public static TimeSpan Margin { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Tokens for the client itself (client credentials, RFC 6749 section 4.4): for ERP systems without a user.</summary>
    /// <param name="http">The client to use; its handler must not follow redirects.</param>
    /// <param name="issuer">The authorization server, exactly as it names itself.</param>
    /// <param name="client">The OAuth client.</param>
    /// <param name="scope">The scope, values separated by spaces.</param>
    /// <param name="time">The clock.</param>
    public static CachedTokens ForClient(HttpClient http, string issuer, OAuthClient client, string scope, TimeProvider time) =>
        new(async (_, cancellationToken) =>
        {
            var metadata = await ProviderMetadata.DiscoverAsync(http, issuer, cancellationToken);
            return await new TokenEndpoint(http, metadata, client, time).ClientCredentialsAsync(scope, cancellationToken);
        }, time);

    /// <summary>Tokens of a signed-in user, renewed with the refresh token (RFC 6749 section 6).</summary>
    /// <param name="http">The client to use; its handler must not follow redirects.</param>
    /// <param name="issuer">The authorization server, exactly as it names itself.</param>
    /// <param name="client">The OAuth client.</param>
    /// <param name="tokens">The tokens of the sign-in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="renewed">Told about new tokens, to store them: a refresh token may count only once.</param>
    public static CachedTokens ForUser(
        HttpClient http, string issuer, OAuthClient client, SignInTokens tokens, TimeProvider time, Action<SignInTokens>? renewed = null) =>
        new(async (old, cancellationToken) =>
        {
            if (old?.RefreshToken is not { } refresh)
            {
                throw new SignInException("not_signed_in", "The access token has expired and there is no refresh token: sign in again.");
            }
            var metadata = await ProviderMetadata.DiscoverAsync(http, issuer, cancellationToken);
            var fresh = await new TokenEndpoint(http, metadata, client, time).RefreshAsync(refresh, cancellationToken);
            renewed?.Invoke(fresh);
            return fresh;
        }, time, tokens);

    /// <summary>The token to send now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SignInException">No new token was granted.</exception>
    public async ValueTask<AccessToken> GetAsync(CancellationToken cancellationToken)
    {
        if (Current() is { } token)
        {
            return token;
        }
        await _one.WaitAsync(cancellationToken);
        try
        {
            return Current() ?? (_tokens = await _renew(_tokens, cancellationToken)).Access;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private AccessToken? Current() =>
        _tokens?.Access is { } token && _time.GetUtcNow() + Margin < token.ExpiresAt ? token : null;
}
