using System.Threading.RateLimiting;

namespace CorpSecure.Gateway.RateLimits.Limiters;

/// <summary>What a limiter answered. Disposing it ends the use of what was taken; giving it back undoes the taking.</summary>
public sealed class QuotaLease(QuotaLimiter limiter, QuotaReading reading, TimeSpan? retryAfter) : RateLimitLease
{
    private static readonly string[] Names = [MetadataName.RetryAfter.Name];
    private bool over;

    /// <summary>Null when it was acquired.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    public QuotaReading Reading => reading;

    public override bool IsAcquired => retryAfter is null;

    public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : Names;

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
        return metadata is not null;
    }

    /// <summary>As if it had never been taken.</summary>
    public void GiveBack()
    {
        if (!over && IsAcquired)
            limiter.GiveBack();
        over = true;
    }

    protected override void Dispose(bool disposing)
    {
        if (!over && IsAcquired && limiter.EndsWithUse)
            limiter.GiveBack();
        over = true;
        base.Dispose(disposing);
    }
}
