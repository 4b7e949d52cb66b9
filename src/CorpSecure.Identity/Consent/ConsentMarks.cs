using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using OpenIddict.Abstractions;

namespace CorpSecure.Identity.Consent;

public enum ConsentAnswer
{
    Refused = 0,
    Approved = 1,
}

/// <summary>Carries a person's answer back to the authorization endpoint: for one request, in one session, for a short time.</summary>
public sealed class ConsentMarks(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Parameter = "consent";
    private const int SessionLength = 16;
    private const int Length = sizeof(long) + SessionLength + SHA256.HashSizeInBytes + 1;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly IDataProtector protector = protection.CreateProtector("corpsecure/consent/v1");

    public string Make(ConsentAnswer answer, string requestUri, string details, Guid session)
    {
        var mark = Subject(requestUri, details, session);
        BitConverter.TryWriteBytes(mark, clock.GetUtcNow().ToUnixTimeMilliseconds());
        mark[^1] = (byte)answer;
        return Base64Url.EncodeToString(protector.Protect(mark));
    }

    /// <returns>Null when there is no answer yet, or it is to something else.</returns>
    public ConsentAnswer? Read(HttpRequest http, OpenIddictRequest request, string details, Guid session)
    {
        if (http.Query[Parameter].ToString() is not { Length: > 0 and < 1024 } text)
            return null;
        try
        {
            var mark = protector.Unprotect(Base64Url.DecodeFromChars(text));
            var expected = Subject(request.RequestUri!, details, session);
            var same = mark.Length == Length && CryptographicOperations.FixedTimeEquals(mark.AsSpan()[sizeof(long)..^1], expected.AsSpan()[sizeof(long)..^1]);
            var age = same ? clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BitConverter.ToInt64(mark)) : TimeSpan.MaxValue;
            return age < Lifetime ? (ConsentAnswer)mark[^1] : null;
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return null; // not one of ours: the person is asked
        }
    }

    private static byte[] Subject(string requestUri, string details, Guid session)
    {
        var mark = new byte[Length];
        session.TryWriteBytes(mark.AsSpan(sizeof(long), SessionLength));
        SHA256.HashData(Encoding.UTF8.GetBytes($"{requestUri}\0{details}"), mark.AsSpan(sizeof(long) + SessionLength, SHA256.HashSizeInBytes));
        return mark;
    }
}
