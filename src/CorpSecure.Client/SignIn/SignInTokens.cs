using CorpSecure.Client.Tokens;

namespace CorpSecure.Client.SignIn;

/// <summary>What a token endpoint granted (RFC 6749 section 5.1).</summary>
/// <param name="Access">The access token.</param>
/// <param name="RefreshToken">The refresh token, absent when none was granted. A secret.</param>
/// <param name="Scope">The granted scope, absent when it is the one asked for.</param>
public sealed record SignInTokens(AccessToken Access, string? RefreshToken, string? Scope)
{
    /// <summary>Tells expiry and scope, never a token.</summary>
    public override string ToString() =>
        $"SignInTokens({Access}, refresh token {(RefreshToken is null ? "none" : "[redacted]")}, scope {Scope ?? "as asked"})";
}
