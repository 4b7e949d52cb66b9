using CorpSecure.Ledger.Entries;

namespace CorpSecure.Ledger.Lanes;

/// <summary>Where a lane stands: the last counter of the open epoch and the hash that stands there.</summary>
public sealed record LanePosition(string Lane, long Epoch, long Counter, byte[] Head)
{
    /// <summary>Gives the drafts their places, each carrying its predecessor's hash.</summary>
    public ChainedEntry[] Chain(IReadOnlyList<EntryDraft> drafts)
    {
        var chained = new ChainedEntry[drafts.Count];
        var predecessor = Head;
        for (var i = 0; i < chained.Length; i++)
        {
            chained[i] = new ChainedEntry(Lane, Epoch, Counter + i + 1, predecessor, drafts[i]);
            predecessor = chained[i].Hash;
        }

        return chained;
    }

    public LanePosition After(ChainedEntry[] chained) =>
        chained is [] ? this : this with { Counter = chained[^1].Counter, Head = chained[^1].Hash };
}
