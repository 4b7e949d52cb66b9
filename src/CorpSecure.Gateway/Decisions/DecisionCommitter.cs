using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Ledger;
using CorpSecure.Ledger.Sealing;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Makes a decision durable before anything acts on it. Reserve, settle and record are one transaction.</summary>
public sealed class DecisionCommitter(DecisionLanes lanes, SubjectVault vault, BlindIndex index)
{
    /// <returns>The decision as it was recorded: a proof or a nonce seen before has turned it into a denial.</returns>
    /// <exception cref="LedgerUnavailableException">It is not durable; nothing may be forwarded.</exception>
    public async Task<Decision> CommitAsync(Facts facts, Decision decision, CancellationToken cancellation)
    {
        var token = facts.Token!;
        var cipher = await vault.ForAsync(token.Client.Length > 0 ? token.Client : "bank", token.Subject, cancellation);
        var pending = new PendingDecision(facts, decision, cipher.Seal(FactsJson.Write(facts), facts.DecisionId), Tags(facts));
        await lanes.CommitAsync(pending);
        return pending.Settled;
    }

    private List<byte[]> Tags(Facts facts)
    {
        var tags = new List<byte[]>(facts.Accounts.Count);
        foreach (var account in facts.Accounts)
            tags.Add(index.Tag("account", account.Account));
        return tags;
    }
}
