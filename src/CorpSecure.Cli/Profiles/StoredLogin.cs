using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tokens;

namespace CorpSecure.Cli.Profiles;

/// <summary>What a sign-in leaves behind, in a file of mode 0600; the key that the tokens are bound to lies beside it.</summary>
internal sealed record StoredLogin(string AccessToken, DateTimeOffset ExpiresAt, string? RefreshToken, string? SigningKeyId)
{
    /// <summary>The demo.json and its user, where the sign-in was without a browser: a step-up then is too.</summary>
    public string? DemoFile { get; init; }

    public string? DemoUser { get; init; }

    public static StoredLogin Of(SignInTokens tokens, string? signingKeyId) =>
        new(tokens.Access.Value, tokens.Access.ExpiresAt, tokens.RefreshToken, signingKeyId);

    /// <summary>The same login with new tokens.</summary>
    public StoredLogin With(SignInTokens tokens) => this with
    {
        AccessToken = tokens.Access.Value,
        ExpiresAt = tokens.Access.ExpiresAt,
        RefreshToken = tokens.RefreshToken,
    };

    public SignInTokens ToTokens() => new(new AccessToken(AccessToken, ExpiresAt), RefreshToken, Scope: null);

    public override string ToString() => $"StoredLogin([redacted], expires {ExpiresAt:O})";
}
