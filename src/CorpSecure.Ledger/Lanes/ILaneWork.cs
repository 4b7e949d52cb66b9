using CorpSecure.Ledger.Entries;
using Npgsql;

namespace CorpSecure.Ledger.Lanes;

/// <summary>What a lane's transaction does with its items: reserve, settle, record.</summary>
public interface ILaneWork<TItem>
{
    /// <summary>The statements of the first round trip, or null when none of the items reserves anything.</summary>
    NpgsqlBatchCommand? Reserve(IReadOnlyList<TItem> items);

    /// <summary>Hands each item what <see cref="Reserve"/> answered.</summary>
    Task SettleAsync(NpgsqlDataReader reservations, IReadOnlyList<TItem> items, CancellationToken cancellation);

    /// <summary>The entry that makes the item durable. Called after it is settled, and again if its batch is split.</summary>
    EntryDraft Record(TItem item);
}

/// <summary>Entries that reserve nothing.</summary>
internal sealed class PlainEntries : ILaneWork<EntryDraft>
{
    public NpgsqlBatchCommand? Reserve(IReadOnlyList<EntryDraft> items) => null;

    public Task SettleAsync(NpgsqlDataReader reservations, IReadOnlyList<EntryDraft> items, CancellationToken cancellation) => Task.CompletedTask;

    public EntryDraft Record(EntryDraft item) => item;
}
