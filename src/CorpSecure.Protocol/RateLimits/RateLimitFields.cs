using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.RateLimits;

/// <summary>A quota as <c>RateLimit-Policy</c> tells it (draft-ietf-httpapi-ratelimit-headers, section 3).</summary>
/// <param name="Name">Names the quota in both fields; printable ASCII.</param>
/// <param name="Quota">How much there is in a window, or at once.</param>
/// <param name="WindowSeconds">Null when the quota is not one of time.</param>
/// <param name="Unit">What is counted; null for requests.</param>
public readonly record struct QuotaPolicy(string Name, long Quota, long? WindowSeconds = null, string? Unit = null)
{
    /// <summary>The unit of a quota on how many requests may be under way at once.</summary>
    public const string ConcurrentRequests = "concurrent-requests";
}

/// <summary>What is left of a quota, as <c>RateLimit</c> tells it (draft-ietf-httpapi-ratelimit-headers, section 4).</summary>
/// <param name="Name">The quota's name.</param>
/// <param name="Remaining">How much may still be used.</param>
/// <param name="ResetSeconds">When the quota is whole again; null when that is not a matter of time.</param>
public readonly record struct QuotaStatus(string Name, long Remaining, long? ResetSeconds = null);

/// <summary>Writes both fields: Lists of Strings with parameters. Nothing is allocated but the text.</summary>
public static class RateLimitFields
{
    /// <summary>The value of <c>RateLimit-Policy</c>, such as <c>"user";q=100;w=60</c>.</summary>
    public static string Write(ReadOnlySpan<QuotaPolicy> policies)
    {
        var buffer = new AsciiBuffer(256);
        foreach (var policy in policies)
        {
            Begin(ref buffer, policy.Name);
            Append(ref buffer, ";q=", policy.Quota);
            if (policy.Unit is { } unit)
            {
                buffer.Append(";qu=");
                FieldWriter.AppendString(ref buffer, unit);
            }
            if (policy.WindowSeconds is { } window)
                Append(ref buffer, ";w=", window);
        }
        return FieldWriter.Finish(ref buffer);
    }

    /// <summary>The value of <c>RateLimit</c>, such as <c>"user";r=50;t=30</c>.</summary>
    public static string Write(ReadOnlySpan<QuotaStatus> quotas)
    {
        var buffer = new AsciiBuffer(256);
        foreach (var quota in quotas)
        {
            Begin(ref buffer, quota.Name);
            Append(ref buffer, ";r=", quota.Remaining);
            if (quota.ResetSeconds is { } reset)
                Append(ref buffer, ";t=", reset);
        }
        return FieldWriter.Finish(ref buffer);
    }

    private static void Begin(ref AsciiBuffer buffer, string name)
    {
        if (!buffer.Written.IsEmpty)
            buffer.Append(", ");
        FieldWriter.AppendString(ref buffer, name);
    }

    private static void Append(ref AsciiBuffer buffer, string key, long value)
    {
        buffer.Append(key);
        buffer.Append(value);
    }
}
