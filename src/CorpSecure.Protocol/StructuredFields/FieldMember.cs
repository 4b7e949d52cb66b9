namespace CorpSecure.Protocol.StructuredFields;

/// <summary>A member of a list or dictionary: an <see cref="FieldItem"/> or an <see cref="InnerList"/> (RFC 9651, section 3.1).</summary>
public abstract record FieldMember(FieldParameters Parameters);

/// <summary>A bare item with parameters (RFC 9651, section 3.3).</summary>
public sealed record FieldItem(BareItem Value, FieldParameters Parameters) : FieldMember(Parameters)
{
    /// <summary>An item without parameters.</summary>
    public FieldItem(BareItem value) : this(value, FieldParameters.Empty)
    {
    }

    /// <summary>The canonical text (RFC 9651, section 4.1.3).</summary>
    public override string ToString() => FieldWriter.Write(this);
}

/// <summary>A list of items inside a list or dictionary (RFC 9651, section 3.1.1).</summary>
public sealed record InnerList(IReadOnlyList<FieldItem> Items, FieldParameters Parameters) : FieldMember(Parameters)
{
    /// <summary>Equality by members and parameters, in order.</summary>
    public bool Equals(InnerList? other) =>
        other is not null && Parameters.Equals(other.Parameters) && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Items.Count, Parameters);

    /// <summary>The canonical text (RFC 9651, section 4.1.1.1).</summary>
    public override string ToString() => FieldWriter.Write(this);
}
