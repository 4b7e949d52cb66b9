using CorpSecure.Ledger.Entries;
using CorpSecure.Ledger.Lanes;
using Npgsql;
using NpgsqlTypes;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Reserve, settle, record: what may be used once is spent in the transaction that records its decision.</summary>
public sealed class SpentIds(string replica) : ILaneWork<PendingEntry>
{
    // In key order, so that two batches, of whatever lanes and replicas, cannot deadlock; then in order of arrival, so that of copies
    // in one batch the first spends all of its ids, and no two of them refuse each other.
    private const string Spend = """
        insert into decisions.nonces (created_on, digest, decision_id)
        select n.created_on, n.digest, n.decision_id from unnest($1, $2, $3) with ordinality as n(created_on, digest, decision_id, arrival)
        order by n.created_on, n.digest, n.arrival
        on conflict do nothing
        returning decision_id, digest
        """;

    /// <returns>Null when nothing is spent: then the transaction is one round trip.</returns>
    public NpgsqlBatchCommand? Reserve(IReadOnlyList<PendingEntry> items)
    {
        var count = items.Sum(item => item.Spends.Count);
        if (count == 0)
            return null;
        var (dates, digests, decisions) = (new DateOnly[count], new byte[count][], new Guid[count]);
        var at = 0;
        foreach (var item in items)
        {
            foreach (var id in item.Spends)
                (dates[at], digests[at], decisions[at++]) = (id.Date, id.Digest, item.DecisionId);
        }

        return new NpgsqlBatchCommand(Spend)
        {
            Parameters =
            {
                new NpgsqlParameter<DateOnly[]> { TypedValue = dates, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
                new NpgsqlParameter<byte[][]> { TypedValue = digests, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new NpgsqlParameter<Guid[]> { TypedValue = decisions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            },
        };
    }

    public async Task SettleAsync(NpgsqlDataReader reservations, IReadOnlyList<PendingEntry> items, CancellationToken cancellation)
    {
        var first = new HashSet<(Guid, UInt128)>();
        while (await reservations.ReadAsync(cancellation))
            first.Add((reservations.GetGuid(0), SpentId.Mark(reservations.GetFieldValue<byte[]>(1))));
        foreach (var item in items)
            item.Settle(id => first.Contains((item.DecisionId, SpentId.Mark(id.Digest))));
    }

    public EntryDraft Record(PendingEntry item) => item.Draft(replica);
}
