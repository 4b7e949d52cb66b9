using CorpSecure.Client.Dpop;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.StepUp;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.Tokens;

/// <summary>
/// Keeps the tokens of one sign-in and renews them shortly before they end, once for all who wait.
/// <see cref="GetAsync"/> is an <see cref="AccessTokenSource"/>, <see cref="StepUpAsync"/> a <see cref="StepUpSignIn"/>.
/// </summary>
public sealed class CachedTokens : IDisposable
{
    private readonly Func<SignInTokens?, CancellationToken, Task<SignInTokens>> _renew;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile SignInTokens? _tokens;
    private int _signIn;

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

    /// <summary>
    /// Signs the user in anew, as a challenge wants it and with the same DPoP key; null from it means that nobody is there to do so.
    /// Without it every step-up is declined.
    /// </summary>
    public Func<StepUpChallenge, CancellationToken, Task<SignInTokens?>>? SignInAnew { get; set; }

    /// <summary>Tokens for the client itself (client credentials, RFC 6749 section 4.4): for ERP systems without a user.</summary>
    /// <param name="http">The client to use; its handler must not follow redirects.</param>
    /// <param name="issuer">The authorization server, exactly as it names itself.</param>
    /// <param name="client">The OAuth client.</param>
    /// <param name="scope">The scope, values separated by spaces.</param>
    /// <param name="time">The clock.</param>
    /// <param name="dpopKey">The key that the tokens are bound to; none where they are bound to the certificate that <paramref name="http"/> presents.</param>
    public static CachedTokens ForClient(HttpClient http, string issuer, OAuthClient client, string scope, TimeProvider time, SigningKey? dpopKey = null)
    {
        var prover = ProverFor(dpopKey, time);
        return new(async (_, cancellationToken) =>
            await (await EndpointAsync(http, issuer, client, time, prover, cancellationToken)).ClientCredentialsAsync(scope, cancellationToken), time);
    }

    /// <summary>Tokens of a signed-in user, renewed with the refresh token (RFC 6749 section 6).</summary>
    /// <param name="http">The client to use; its handler must not follow redirects.</param>
    /// <param name="issuer">The authorization server, exactly as it names itself.</param>
    /// <param name="client">The OAuth client.</param>
    /// <param name="tokens">The tokens of the sign-in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="renewed">Told about new tokens, to store them.</param>
    /// <param name="dpopKey">The key of the sign-in, which the tokens are bound to.</param>
    public static CachedTokens ForUser(
        HttpClient http, string issuer, OAuthClient client, SignInTokens tokens, TimeProvider time, Action<SignInTokens>? renewed = null, SigningKey? dpopKey = null) =>
        ForUser(http, issuer, client, tokens, time, scope: null, renewed, dpopKey);

    /// <summary>As the other, with tokens for only a part of what was granted.</summary>
    /// <param name="http">The client to use; its handler must not follow redirects.</param>
    /// <param name="issuer">The authorization server, exactly as it names itself.</param>
    /// <param name="client">The OAuth client.</param>
    /// <param name="tokens">The tokens of the sign-in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="scope">What new tokens are to be good for; all that was granted when absent.</param>
    /// <param name="renewed">Told about new tokens, to store them.</param>
    /// <param name="dpopKey">The key of the sign-in, which the tokens are bound to.</param>
    public static CachedTokens ForUser(
        HttpClient http, string issuer, OAuthClient client, SignInTokens tokens, TimeProvider time, string? scope, Action<SignInTokens>? renewed, SigningKey? dpopKey)
    {
        var prover = ProverFor(dpopKey, time);
        return new(async (old, cancellationToken) =>
        {
            if (old?.RefreshToken is not { } refresh)
            {
                throw new SignInException("not_signed_in", "The access token has expired and there is no refresh token: sign in again.");
            }
            var endpoint = await EndpointAsync(http, issuer, client, time, prover, cancellationToken);
            var fresh = await endpoint.RefreshAsync(refresh, scope, cancellationToken);
            renewed?.Invoke(fresh);
            return fresh;
        }, time, tokens);
    }

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
            return Current() ?? Keep(await _renew(_tokens, cancellationToken));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Has the user sign in as a challenge wants it, once for all whose requests were refused with tokens of the same sign-in.</summary>
    /// <param name="challenge">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there are tokens of a newer sign-in.</returns>
    /// <exception cref="SignInException">The sign-in was refused.</exception>
    public async Task<bool> StepUpAsync(StepUpChallenge challenge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        if (SignInAnew is not { } signIn)
        {
            return false;
        }
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (challenge.Refused is { } refused && refused.SignIn != _signIn)
            {
                return true; // somebody else's step-up came first
            }
            if (await signIn(challenge, cancellationToken) is not { } fresh)
            {
                return false;
            }
            _signIn++;
            Keep(fresh);
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private AccessToken Keep(SignInTokens fresh)
    {
        var access = fresh.Access with { SignIn = _signIn };
        _tokens = fresh with { Access = access };
        return access;
    }

    private AccessToken? Current() =>
        _tokens?.Access is { } token && _time.GetUtcNow() + Margin < token.ExpiresAt ? token : null;

    /// <summary>One for all renewals, so that each begins with the nonce of the one before.</summary>
    private static DpopProver? ProverFor(SigningKey? key, TimeProvider time) => key is null ? null : new DpopProver(key, time.GetUtcNow);

    private static async Task<TokenEndpoint> EndpointAsync(
        HttpClient http, string issuer, OAuthClient client, TimeProvider time, DpopProver? prover, CancellationToken cancellationToken)
    {
        var metadata = await ProviderMetadata.DiscoverAsync(http, issuer, cancellationToken);
        return new TokenEndpoint(new BackChannel(http, metadata, client, time, prover), time);
    }
}
