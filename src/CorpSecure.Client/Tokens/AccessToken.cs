namespace CorpSecure.Client.Tokens;

/// <summary>An OAuth 2.0 access token and the time from which it counts no more (RFC 6749 section 5.1).</summary>
/// <param name="Value">The token as it is sent after <c>DPoP</c> or <c>Bearer</c>. A secret: never log it.</param>
/// <param name="ExpiresAt">The end of its life, by the clock of this machine.</param>
public sealed record AccessToken(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>Which sign-in of its cache it comes from: a step-up begins another.</summary>
    internal int SignIn { get; init; }

    /// <summary>Tells the expiry, never the value.</summary>
    public override string ToString() => $"AccessToken([redacted], expires {ExpiresAt:O})";
}

/// <summary>
/// Gives the access token for the next request, from a cache where that still counts.
/// Called once an attempt, by several requests at once.
/// </summary>
/// <param name="cancellationToken">Ends the wait.</param>
/// <exception cref="SignIn.SignInException">There is no token to be had: the user must sign in again.</exception>
public delegate ValueTask<AccessToken> AccessTokenSource(CancellationToken cancellationToken);
