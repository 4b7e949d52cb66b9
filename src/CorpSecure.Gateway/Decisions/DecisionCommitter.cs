using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Ledger;
using CorpSecure.Ledger.Lanes;
using CorpSecure.Ledger.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Makes a decision durable before anything acts on it. Reserve, settle and record are one transaction.</summary>
/// <remarks>Decisions that reserve nothing share a lane with outcomes, so that they never wait behind a reservation's lock.</remarks>
public sealed class DecisionCommitter : IAsyncDisposable
{
    /// <summary>The lane of what reserves nothing: most decisions, and every outcome.</summary>
    public const string PlainLane = "decisions";

    private readonly LaneCommitter<PendingDecision> reserving;
    private readonly LaneWriter plain;
    private readonly LedgerOptions options;
    private readonly SubjectVault vault;
    private readonly BlindIndex index;

    public DecisionCommitter(
        LedgerDatabase database,
        LedgerOptions options,
        [FromKeyedServices(PlainLane)] LaneWriter plain,
        SubjectVault vault,
        BlindIndex index,
        TimeProvider clock,
        ILogger<DecisionCommitter> logger)
    {
        this.options = options;
        this.plain = plain;
        this.vault = vault;
        this.index = index;
        reserving = new(database.Source, $"{options.Replica}/signed", new SpentNonces(options.Replica), options, clock, logger);
        QueueCapacity = 2 * options.QueueLength;
    }

    public int QueueDepth => reserving.QueueDepth + plain.QueueDepth;

    public int QueueCapacity { get; }

    /// <summary>Decisions whose commit may or may not have been made; the next epoch marks them.</summary>
    public int InDoubt => reserving.InDoubt + plain.InDoubt;

    public bool IsAvailable => reserving.IsAvailable && plain.IsAvailable;

    /// <returns>The decision as it was recorded: a nonce seen before has turned it into a denial.</returns>
    /// <exception cref="LedgerUnavailableException">It is not durable; nothing may be forwarded.</exception>
    public async Task<Decision> CommitAsync(Facts facts, Decision decision, CancellationToken cancellation)
    {
        var token = facts.Token!;
        var cipher = await vault.ForAsync(token.Client.Length > 0 ? token.Client : "bank", token.Subject, cancellation);
        var pending = new PendingDecision(facts, decision, cipher.Seal(FactsJson.Write(facts), facts.DecisionId), Tags(facts));
        await (pending.NonceDigest is null ? plain.AppendAsync(pending.Draft(options.Replica)) : reserving.CommitAsync(pending));
        return pending.Settled;
    }

    public ValueTask DisposeAsync() => reserving.DisposeAsync();

    private List<byte[]> Tags(Facts facts)
    {
        var tags = new List<byte[]>(facts.Accounts.Count);
        foreach (var account in facts.Accounts)
            tags.Add(index.Tag("account", account.Account));
        return tags;
    }
}
