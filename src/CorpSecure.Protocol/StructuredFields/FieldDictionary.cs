using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>An ordered map from keys to members (RFC 9651, section 3.2).</summary>
public sealed class FieldDictionary : IReadOnlyList<KeyValuePair<string, FieldMember>>, IEquatable<FieldDictionary>
{
    private readonly List<KeyValuePair<string, FieldMember>> _entries = [];
    private HashSet<string>? _duplicates;
    private Dictionary<string, int>? _index;

    /// <summary>An empty dictionary.</summary>
    public FieldDictionary()
    {
    }

    /// <summary>A dictionary of the given entries, in their order.</summary>
    /// <exception cref="ArgumentException">A name is not a key, or is given twice.</exception>
    public FieldDictionary(IEnumerable<KeyValuePair<string, FieldMember>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var (key, member) in entries)
        {
            if (!FieldGrammar.IsKey(key) || Find(key) >= 0)
                throw new ArgumentException("Not a key, or given twice: " + key, nameof(entries));
            Set(key, member);
        }
    }

    /// <summary>Whether a parsed field repeated a key. The last value won, as the RFC asks; a signature must refuse instead.</summary>
    public bool HasDuplicates => _duplicates is not null;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public KeyValuePair<string, FieldMember> this[int index] => _entries[index];

    /// <summary>Whether a parsed field repeated this key.</summary>
    public bool IsDuplicated(string key) => _duplicates?.Contains(key) ?? false;

    /// <summary>Finds a member by its exact key.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out FieldMember? member)
    {
        var at = Find(key);
        member = at < 0 ? null : _entries[at].Value;
        return at >= 0;
    }

    internal void Set(string key, FieldMember member)
    {
        var at = Find(key);
        if (at >= 0)
        {
            _entries[at] = new(key, member);
            (_duplicates ??= new(StringComparer.Ordinal)).Add(key);
            return;
        }
        _index?.Add(key, _entries.Count);
        _entries.Add(new(key, member));
    }

    private int Find(string key)
    {
        // A few keys are found fastest by looking at each; many must not cost their square.
        if (_index is null && _entries.Count > 16)
        {
            _index = new(StringComparer.Ordinal);
            for (var i = 0; i < _entries.Count; i++)
                _index.Add(_entries[i].Key, i);
        }
        if (_index is not null)
            return _index.TryGetValue(key, out var at) ? at : -1;
        for (var i = 0; i < _entries.Count; i++)
            if (_entries[i].Key == key)
                return i;
        return -1;
    }

    /// <inheritdoc/>
    public bool Equals(FieldDictionary? other) => other is not null && _entries.SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldDictionary);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Count;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, FieldMember>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The canonical text (RFC 9651, section 4.1.2).</summary>
    public override string ToString() => FieldWriter.Write(this);
}
