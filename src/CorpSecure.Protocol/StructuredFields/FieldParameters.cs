using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>Ordered parameters of an item or inner list (RFC 9651, section 3.1.2).</summary>
public sealed class FieldParameters : IReadOnlyList<KeyValuePair<string, BareItem>>, IEquatable<FieldParameters>
{
    private readonly KeyValuePair<string, BareItem>[] _entries;

    /// <summary>Parameters in the given order.</summary>
    /// <exception cref="ArgumentException">A name is not a key, or is given twice.</exception>
    public FieldParameters(params ReadOnlySpan<KeyValuePair<string, BareItem>> entries)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (!FieldGrammar.IsKey(entries[i].Key))
                throw new ArgumentException("Not a key: " + entries[i].Key, nameof(entries));
            for (var j = 0; j < i; j++)
                if (entries[j].Key == entries[i].Key)
                    throw new ArgumentException("Given twice: " + entries[i].Key, nameof(entries));
        }
        _entries = entries.ToArray();
    }

    internal FieldParameters(KeyValuePair<string, BareItem>[] entries, bool hasDuplicates)
    {
        _entries = entries;
        HasDuplicates = hasDuplicates;
    }

    /// <summary>No parameters.</summary>
    public static FieldParameters Empty { get; } = new([], hasDuplicates: false);

    /// <summary>Whether a parsed field repeated a name. The last value won, as the RFC asks; a signature must refuse instead.</summary>
    public bool HasDuplicates { get; }

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, BareItem> this[int index] => _entries[index];

    /// <summary>Finds a parameter by its exact name.</summary>
    public bool TryGet(string key, [MaybeNullWhen(false)] out BareItem value)
    {
        foreach (var entry in _entries)
        {
            if (entry.Key != key)
                continue;
            value = entry.Value;
            return true;
        }
        value = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(FieldParameters? other) => other is not null && _entries.AsSpan().SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldParameters);

    /// <inheritdoc/>
    public override int GetHashCode() => _entries.Length == 0 ? 0 : HashCode.Combine(_entries.Length, _entries[0].Key);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, BareItem>> GetEnumerator() => _entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
