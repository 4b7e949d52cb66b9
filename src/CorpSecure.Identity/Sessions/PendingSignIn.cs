using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Identity.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace CorpSecure.Identity.Sessions;

/// <summary>The first factor, given but not yet judged. <c>UserId</c> is empty for a user who does not exist.</summary>
public sealed record PendingSignIn(string UserId, bool PasswordGood, string ReturnUrl, DateTimeOffset ExpiresAt);

/// <summary>Encrypted, short-lived, bound to its return URL, and of one size whatever it says.</summary>
public sealed class PendingSignInCookie(IDataProtectionProvider protection, Realm realm, SignInLimits limits, TimeProvider clock)
{
    private const int PaddedLength = 512;
    private readonly IDataProtector protector = protection.CreateProtector("corpsecure/pending-sign-in/v1");

    private string Name => $"__Host-corpsecure-{realm.Name()}-pending";

    private static CookieOptions Options => new() { HttpOnly = true, Secure = true, Path = "/", SameSite = SameSiteMode.Strict, IsEssential = true };

    public void Set(HttpResponse response, string userId, bool passwordGood, string returnUrl)
    {
        var pending = new PendingSignIn(userId, passwordGood, Digest(returnUrl), clock.GetUtcNow() + limits.PendingSignIn);
        var padded = new byte[PaddedLength];
        JsonSerializer.SerializeToUtf8Bytes(pending).CopyTo(padded, 0);
        response.Cookies.Append(Name, Base64Url.EncodeToString(protector.Protect(padded)), Options);
    }

    /// <returns>Null when there is none, it has expired, or it belongs to another return URL.</returns>
    public PendingSignIn? Read(HttpRequest request, string returnUrl)
    {
        if (request.Cookies[Name] is not { Length: < 4096 } cookie)
            return null;
        try
        {
            var padded = protector.Unprotect(Base64Url.DecodeFromChars(cookie));
            var pending = JsonSerializer.Deserialize<PendingSignIn>(padded.AsSpan().TrimEnd((byte)0));
            return pending is not null && pending.ExpiresAt > clock.GetUtcNow() && pending.ReturnUrl == Digest(returnUrl) ? pending : null;
        }
        catch (Exception error) when (error is FormatException or CryptographicException or JsonException)
        {
            return null; // not one of ours: as good as none
        }
    }

    public void Delete(HttpResponse response) => response.Cookies.Delete(Name, Options);

    private static string Digest(string returnUrl) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(returnUrl)));
}
