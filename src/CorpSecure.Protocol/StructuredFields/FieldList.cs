using System.Collections;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>A list of members (RFC 9651, section 3.1).</summary>
public sealed class FieldList : IReadOnlyList<FieldMember>, IEquatable<FieldList>
{
    private readonly FieldMember[] _members;

    /// <summary>A list of the given members.</summary>
    public FieldList(params FieldMember[] members) => _members = members;

    /// <inheritdoc/>
    public int Count => _members.Length;

    /// <inheritdoc/>
    public FieldMember this[int index] => _members[index];

    /// <inheritdoc/>
    public bool Equals(FieldList? other) => other is not null && _members.AsSpan().SequenceEqual(other._members);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldList);

    /// <inheritdoc/>
    public override int GetHashCode() => _members.Length;

    /// <inheritdoc/>
    public IEnumerator<FieldMember> GetEnumerator() => _members.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The canonical text (RFC 9651, section 4.1.1).</summary>
    public override string ToString() => FieldWriter.Write(this);
}
