using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Dpop;

/// <summary>
/// The keys of proofs that have verified, found by the text of the proof's header, which a client repeats. To open a key costs about
/// twice what its use does. Bounded: two generations, of which the older goes when the younger is full.
/// </summary>
internal sealed class DpopKeys(int kept)
{
    private readonly Lock _turning = new();
    private readonly int _generation = Math.Max(1, kept / 2);
    private ConcurrentDictionary<string, VerificationKey> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, VerificationKey> _old = new(StringComparer.Ordinal);

    public bool TryFind(ReadOnlySpan<char> header, [NotNullWhen(true)] out VerificationKey? key)
    {
        if (Volatile.Read(ref _young).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(header, out key))
            return true;
        if (!Volatile.Read(ref _old).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(header, out key))
            return false;
        Add(header, key);
        return true;
    }

    public void Add(ReadOnlySpan<char> header, VerificationKey key)
    {
        if (_young.Count >= _generation)
            Turn();
        _young[header.ToString()] = key;
    }

    // A key that falls out may be in use just then, so it is left to the collector.
    private void Turn()
    {
        lock (_turning)
        {
            if (_young.Count < _generation)
                return;
            Volatile.Write(ref _old, _young);
            Volatile.Write(ref _young, new(StringComparer.Ordinal));
        }
    }
}
