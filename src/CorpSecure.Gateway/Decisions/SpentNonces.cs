using CorpSecure.Core.Decisions;
using CorpSecure.Ledger.Entries;
using CorpSecure.Ledger.Lanes;
using Npgsql;
using NpgsqlTypes;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Reserve, settle, record: the nonce is spent in the transaction that records its decision.</summary>
public sealed class SpentNonces(string replica) : ILaneWork<PendingDecision>
{
    // In key order, so that the batches of two replicas cannot deadlock.
    private const string Spend = """
        insert into decisions.nonces (created_on, digest, decision_id)
        select n.created_on, n.digest, n.decision_id from unnest($1, $2, $3) as n(created_on, digest, decision_id)
        order by n.created_on, n.digest
        on conflict do nothing
        returning decision_id
        """;

    public NpgsqlBatchCommand? Reserve(IReadOnlyList<PendingDecision> items)
    {
        var signed = items.ToArray();
        return new NpgsqlBatchCommand(Spend)
        {
            Parameters =
            {
                new NpgsqlParameter<DateOnly[]> { TypedValue = Array.ConvertAll(signed, item => item.NonceDate), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
                new NpgsqlParameter<byte[][]> { TypedValue = Array.ConvertAll(signed, item => item.NonceDigest!), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(signed, item => item.Facts.DecisionId), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            },
        };
    }

    public async Task SettleAsync(NpgsqlDataReader reservations, IReadOnlyList<PendingDecision> items, CancellationToken cancellation)
    {
        var spent = new HashSet<Guid>();
        while (await reservations.ReadAsync(cancellation))
            spent.Add(reservations.GetGuid(0));
        foreach (var item in items)
            item.Reservation = new Reservation(spent.Contains(item.Facts.DecisionId));
    }

    public EntryDraft Record(PendingDecision item) => item.Draft(replica);
}
