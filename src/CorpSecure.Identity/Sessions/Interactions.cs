using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Extensions;

namespace CorpSecure.Identity.Sessions;

/// <summary>
/// Remembers when an authorization request was first seen. <c>prompt=login</c> and <c>max_age=0</c> are met by a
/// sign-in after that moment, and by nothing else: a parameter that merely vanished would prove nothing.
/// </summary>
public sealed class Interactions(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Parameter = "interaction";
    private const string ClientId = "client_id";
    private const string RequestUri = "request_uri";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private readonly IDataProtector protector = protection.CreateProtector("corpsecure/interaction/v2");

    /// <summary>The local URL that comes back to this request after the sign-in. The moment stays the first one, however often it passes here.</summary>
    public string ReturnUrl(HttpRequest request)
    {
        var mark = new byte[sizeof(long) + SHA256.HashSizeInBytes];
        var seen = FirstSeen(request) ?? clock.GetUtcNow();
        BitConverter.TryWriteBytes(mark, seen.ToUnixTimeMilliseconds()); // coarser than the database keeps sessions
        Digest(request).CopyTo(mark, sizeof(long));
        var query = new QueryBuilder
        {
            { ClientId, request.Query[ClientId].ToString() },
            { RequestUri, request.Query[RequestUri].ToString() },
            { Parameter, Base64Url.EncodeToString(protector.Protect(mark)) },
        };
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

    // What else stands in the query is not of the request: all that counts was pushed.
    private static byte[] Digest(HttpRequest request) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Query[ClientId]}\0{request.Query[RequestUri]}"));
}
