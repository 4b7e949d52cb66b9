using System.Diagnostics.Metrics;

namespace CorpSecure.Ledger;

/// <summary>What the ledger measures; whoever hosts it exports it.</summary>
internal static class LedgerMeter
{
    private static readonly Meter Meter = new("CorpSecure.Ledger");

    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram(
        "corpsecure.commit.batch.size",
        description: "Entries in one transaction",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] });
}
