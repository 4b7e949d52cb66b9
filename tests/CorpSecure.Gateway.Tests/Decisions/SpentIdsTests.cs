using System.Security.Cryptography;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Ledger.Entries;
using Npgsql;

namespace CorpSecure.Gateway.Tests.Decisions;

[Collection(GatewayCollection.Name)]
public sealed class SpentIdsTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const int Copies = 12;
    private const int Batches = 50;

    [Fact]
    public async Task Of_copies_in_one_batch_exactly_one_spends_all_of_its_ids()
    {
        await using var source = NpgsqlDataSource.Create(World.GatewayConnection);
        var today = DateOnly.FromDateTime(World.Clock.GetUtcNow().UtcDateTime);
        for (var batch = 0; batch < Batches; batch++)
        {
            SpentId[] ids = [Random(today), Random(today)];
            var copies = Enumerable.Range(0, Copies).Select(_ => new Copy(ids)).ToList();

            await SpendAsync(source, copies);

            copies[0].SpentAll.ShouldBeTrue("the first to arrive wins");
            copies.Skip(1).ShouldAllBe(copy => copy.SpentNone);
        }
    }

    private static async Task SpendAsync(NpgsqlDataSource source, IReadOnlyList<Copy> copies)
    {
        var work = new SpentIds("gateway-1");
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(work.Reserve(copies)!);
        await using var reader = await batch.ExecuteReaderAsync();
        await work.SettleAsync(reader, copies, CancellationToken.None);
    }

    private static SpentId Random(DateOnly day) => new(day, RandomNumberGenerator.GetBytes(32));

    private sealed class Copy(IReadOnlyList<SpentId> ids) : PendingEntry
    {
        private readonly List<bool> firsts = [];

        public bool SpentAll => firsts.TrueForAll(first => first);

        public bool SpentNone => firsts.TrueForAll(first => !first);

        public override Guid DecisionId { get; } = Guid.CreateVersion7();

        public override IReadOnlyList<SpentId> Spends => ids;

        public override void Settle(Func<SpentId, bool> isFirst) => firsts.AddRange(ids.Select(isFirst));

        public override EntryDraft Draft(string replica) => throw new NotSupportedException("Nothing is recorded here.");
    }
}
