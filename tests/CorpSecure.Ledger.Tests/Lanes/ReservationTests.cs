using System.Collections.Concurrent;
using System.Security.Cryptography;
using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Lanes;

[Collection(Cluster.Name)]
public sealed class ReservationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Of_one_nonce_sent_to_two_replicas_at_once_exactly_one_is_spent()
    {
        await using var first = database.Committer("left", new NonceWork());
        await using var second = database.Committer("right", new NonceWork());
        var nonces = Enumerable.Range(0, 200).Select(_ => RandomNumberGenerator.GetBytes(32)).ToArray();
        var attempts = new ConcurrentBag<Attempt>();
        await Task.WhenAll(nonces.SelectMany(nonce => new[] { SendAsync(first, nonce), SendAsync(second, nonce), SendAsync(first, nonce) })).Soon();

        foreach (var attempt in attempts.GroupBy(attempt => Convert.ToHexString(attempt.Nonce)))
            attempt.Count(one => one.Spent).ShouldBe(1);
        (await StoredEntry.OfAsync(database, "left/test")).Count.ShouldBe(400);
        (await StoredEntry.OfAsync(database, "right/test")).Count.ShouldBe(200);
        await LaneAudit.ShouldBeWholeAsync(database, "left/test");
        await LaneAudit.ShouldBeWholeAsync(database, "right/test");

        async Task SendAsync(LaneCommitter<Attempt> committer, byte[] nonce)
        {
            var attempt = new Attempt(AnEntry(), nonce);
            await committer.CommitAsync(attempt);
            attempts.Add(attempt);
        }
    }

    [Fact]
    public async Task A_refused_row_takes_its_reservation_back()
    {
        await using var committer = database.Committer("undone", new NonceWork());
        var nonce = RandomNumberGenerator.GetBytes(32);
        await Should.ThrowAsync<LedgerUnavailableException>(() => committer.CommitAsync(new Attempt(AnEntry("not json"), nonce)));
        (await database.ScalarAsync<long>($@"select count(*) from decisions.nonces where digest = '\x{Convert.ToHexString(nonce)}'")).ShouldBe(0);

        var again = new Attempt(AnEntry(), nonce);
        await committer.CommitAsync(again);
        again.Spent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_nonce_stays_spent_for_the_next_process()
    {
        var nonce = RandomNumberGenerator.GetBytes(32);
        foreach (var expected in new[] { true, false })
        {
            await using var committer = database.Committer("restarted", new NonceWork());
            var attempt = new Attempt(AnEntry(), nonce);
            await committer.CommitAsync(attempt);
            attempt.Spent.ShouldBe(expected);
        }
    }

    private sealed record Attempt(EntryDraft Draft, byte[] Nonce)
    {
        public bool Spent { get; set; }
    }

    private sealed class NonceWork : ILaneWork<Attempt>
    {
        public NpgsqlBatchCommand? Reserve(IReadOnlyList<Attempt> items) => new(
            """
            insert into decisions.nonces (created_on, digest, decision_id)
            select '2026-11-24', n.digest, n.id from unnest($1, $2) as n(digest, id) order by n.digest
            on conflict do nothing returning decision_id
            """)
        {
            Parameters =
            {
                new() { Value = items.Select(item => item.Nonce).ToArray() },
                new() { Value = items.Select(item => item.Draft.Id).ToArray() },
            },
        };

        public async Task SettleAsync(NpgsqlDataReader reservations, IReadOnlyList<Attempt> items, CancellationToken cancellation)
        {
            var spent = new HashSet<Guid>();
            while (await reservations.ReadAsync(cancellation))
                spent.Add(reservations.GetGuid(0));
            foreach (var item in items)
                item.Spent = spent.Contains(item.Draft.Id);
        }

        public EntryDraft Record(Attempt item) => item.Draft;
    }
}
