namespace CorpSecure.Ledger;

/// <summary>Section <c>Ledger</c>; the connection string is <c>Database:ConnectionString</c>.</summary>
public sealed record LedgerOptions
{
    /// <summary>Names this process's lanes. Two processes never share one.</summary>
    public required string Replica { get; init; }

    /// <summary>File with the 32-byte master key, base64 text.</summary>
    public required string MasterKeyFile { get; init; }

    public required string ConnectionString { get; init; }

    /// <summary>Entries in one transaction.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>How long a crowded lane waits for more before it opens a transaction, up to four times that where it is very crowded; a lone entry never waits.</summary>
    public TimeSpan GatherTime { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The machine's own time, for waiting and resting; what is recorded has the clock's.</summary>
    public TimeProvider Machine { get; init; } = TimeProvider.System;

    /// <summary>A connection that has rested for so long is tried before a transaction is put on it: the server may have gone and come back.</summary>
    public TimeSpan TryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Entries waiting for a transaction before new ones are refused.</summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>Days for which partitions exist ahead of need.</summary>
    public int PartitionsAhead { get; init; } = 7;
}
