namespace CorpSecure.Client.Signatures;

/// <summary>This machine's clock, put right by what the gateway says the time is. Safe for concurrent use.</summary>
internal sealed class GatewayClock(TimeProvider time)
{
    private long _correction;

    public TimeSpan Correction => TimeSpan.FromTicks(Interlocked.Read(ref _correction));

    public DateTimeOffset Now => time.GetUtcNow() + Correction;

    public void SetBy(DateTimeOffset gatewayTime) =>
        Interlocked.Exchange(ref _correction, (gatewayTime - time.GetUtcNow()).Ticks);
}
