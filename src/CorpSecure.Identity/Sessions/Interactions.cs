using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace CorpSecure.Identity.Sessions;

/// <summary>
/// Remembers when an authorization request was first seen. <c>prompt=login</c> and <c>max_age=0</c> are met by a
/// sign-in after that moment, and by nothing else: a parameter that merely vanished would prove nothing.
/// </summary>
public sealed class Interactions(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Parameter = "interaction";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private readonly IDataProtector protector = protection.CreateProtector("corpsecure/interaction/v1");

    /// <summary>The local URL that comes back to this request after the sign-in.</summary>
    public string ReturnUrl(HttpRequest request)
    {
        var mark = new byte[sizeof(long) + SHA256.HashSizeInBytes];
        BitConverter.TryWriteBytes(mark, clock.GetUtcNow().ToUnixTimeMilliseconds()); // coarser than the database keeps sessions
        Digest(request).CopyTo(mark, sizeof(long));
        var query = new QueryBuilder(Parameters(request)) { { Parameter, Base64Url.EncodeToString(protector.Protect(mark)) } };
        return request.Path + query.ToQueryString().ToUriComponent();
    }

    /// <returns>When this request was first seen; null when it is seen for the first time.</returns>
    public DateTimeOffset? FirstSeen(HttpRequest request)
    {
        if (request.Query[Parameter].ToString() is not { Length: > 0 and < 1024 } text)
            return null;
        try
        {
            var mark = protector.Unprotect(Base64Url.DecodeFromChars(text));
            var seen = DateTimeOffset.FromUnixTimeMilliseconds(BitConverter.ToInt64(mark));
            var same = CryptographicOperations.FixedTimeEquals(mark.AsSpan(sizeof(long)), Digest(request));
            return same && clock.GetUtcNow() - seen < Lifetime ? seen : null;
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return null; // not one of ours: the request counts as new
        }
    }

    private static IEnumerable<KeyValuePair<string, StringValues>> Parameters(HttpRequest request) =>
        request.Query.Where(parameter => parameter.Key != Parameter).OrderBy(parameter => parameter.Key, StringComparer.Ordinal);

    private static byte[] Digest(HttpRequest request) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(new QueryBuilder(Parameters(request)).ToQueryString().ToUriComponent()));
}
