using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using CorpSecure.Benchmarks.Samples;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Ledger.Entries;
using CorpSecure.Ledger.Sealing;

namespace CorpSecure.Benchmarks.Micro;

/// <summary>What a decision's entry costs before the database sees it.</summary>
public class EntryBenchmarks
{
    private readonly Facts facts = SampleFacts.Payment(TimeProvider.System.GetUtcNow(), 1);
    private readonly SubjectCipher cipher = MakeCipher(Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(32));
    private readonly Decision decision;
    private readonly byte[] written;
    private readonly EntryDraft draft;

    public EntryBenchmarks()
    {
        decision = SamplePolicy.DecisionPoint().Decide(facts);
        written = FactsJson.Write(facts);
        draft = new EntryDraft(facts.DecisionId, EntryKind.Decision, facts.At, DecisionRecord.Write(facts, decision, "gateway-1"))
        {
            Sealed = cipher.Seal(written, facts.DecisionId),
        };
    }

    [Benchmark]
    public byte[] WriteFacts() => FactsJson.Write(facts);

    [Benchmark]
    public byte[] WriteRecord() => DecisionRecord.Write(facts, decision, "gateway-1");

    [Benchmark]
    public SealedPart Seal() => cipher.Seal(written, facts.DecisionId);

    [Benchmark]
    public byte[] ChainHash() => new ChainedEntry("gateway-1/signed", 1, 1, ChainedEntry.Genesis, draft).Hash;

    // A cipher comes from a vault, which needs a database; its arithmetic does not.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SubjectCipher MakeCipher(Guid keyId, byte[] key);
}
