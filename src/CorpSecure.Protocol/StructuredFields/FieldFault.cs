namespace CorpSecure.Protocol.StructuredFields;

/// <summary>Why a structured field was refused.</summary>
public enum FieldFaultKind : byte
{
    /// <summary>The field is absent or has no content where some is needed.</summary>
    Empty = 1,

    /// <summary>A character that the grammar does not allow here.</summary>
    UnexpectedCharacter,

    /// <summary>The field ended inside a value.</summary>
    UnexpectedEnd,

    /// <summary>More text after the value.</summary>
    TrailingText,

    /// <summary>A comma with nothing after it.</summary>
    TrailingComma,

    /// <summary>A number with too many digits, or none.</summary>
    Number,

    /// <summary>A byte sequence that is not canonical base64.</summary>
    Base64,

    /// <summary>A display string that is not UTF-8.</summary>
    Utf8,

    /// <summary>Longer, or with more members, than the limits allow.</summary>
    TooLarge,
}

/// <summary>Why and where a structured field was refused.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Position">Index of the offending character in the field value, its lines joined with comma and space.</param>
public readonly record struct FieldFault(FieldFaultKind Kind, int Position);

/// <summary>Bounds on what is parsed, so that a stranger's field costs little.</summary>
public sealed record FieldLimits
{
    /// <summary>What RFC 9651 asks every parser to accept.</summary>
    public static FieldLimits Rfc9651 { get; } = new() { Length = 256 * 1024, Members = 1024, InnerMembers = 256, Parameters = 256 };

    /// <summary>Ample for the fields of this product.</summary>
    public static FieldLimits Tight { get; } = new() { Length = 16 * 1024, Members = 32, InnerMembers = 64, Parameters = 16 };

    /// <summary>Characters of the whole field value.</summary>
    public required int Length { get; init; }

    /// <summary>Members of a list or dictionary.</summary>
    public required int Members { get; init; }

    /// <summary>Items of an inner list.</summary>
    public required int InnerMembers { get; init; }

    /// <summary>Parameters of one item or inner list.</summary>
    public required int Parameters { get; init; }
}
