using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tokens;

namespace CorpSecure.Cli.Profiles;

/// <summary>What a sign-in leaves behind, in a file of mode 0600.</summary>
internal sealed record StoredLogin(string AccessToken, DateTimeOffset ExpiresAt, string? RefreshToken, string? SigningKeyId)
{
    public static StoredLogin Of(SignInTokens tokens, string? signingKeyId) =>
        new(tokens.Access.Value, tokens.Access.ExpiresAt, tokens.RefreshToken, signingKeyId);

    public SignInTokens ToTokens() => new(new AccessToken(AccessToken, ExpiresAt), RefreshToken, Scope: null);

    public override string ToString() => $"StoredLogin([redacted], expires {ExpiresAt:O})";
}
