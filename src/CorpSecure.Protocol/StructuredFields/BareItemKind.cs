namespace CorpSecure.Protocol.StructuredFields;

/// <summary>The types of a bare item (RFC 9651, section 3.3).</summary>
public enum BareItemKind : byte
{
    /// <summary>At most fifteen digits (3.3.1).</summary>
    Integer,

    /// <summary>At most twelve integer and three fraction digits (3.3.2).</summary>
    Decimal,

    /// <summary>Printable ASCII (3.3.3).</summary>
    String,

    /// <summary>A short textual word (3.3.4).</summary>
    Token,

    /// <summary>Base64 between colons (3.3.5).</summary>
    ByteSequence,

    /// <summary><c>?0</c> or <c>?1</c> (3.3.6).</summary>
    Boolean,

    /// <summary>Seconds since 1970-01-01T00:00:00Z (3.3.7).</summary>
    Date,

    /// <summary>Unicode, percent-encoded (3.3.8).</summary>
    DisplayString,
}
