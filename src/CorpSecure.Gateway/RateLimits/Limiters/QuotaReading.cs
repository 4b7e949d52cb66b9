namespace CorpSecure.Gateway.RateLimits.Limiters;

/// <param name="Remaining">Permits left.</param>
/// <param name="Reset">Until all permits are back, if nobody takes more; null when that is not a matter of time.</param>
public readonly record struct QuotaReading(int Remaining, TimeSpan? Reset);
