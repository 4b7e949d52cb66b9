using System.Buffers;
using System.Text;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>One typed value of a structured field (RFC 9651, section 3.3). Immutable; a value that exists can be serialized.</summary>
public readonly struct BareItem : IEquatable<BareItem>
{
    private const long MaximumInteger = 999_999_999_999_999;

    private readonly long _number;
    private readonly object? _reference;

    private BareItem(BareItemKind kind, long number, object? reference)
    {
        Kind = kind;
        _number = number;
        _reference = reference;
    }

    /// <summary>The type; it decides which of the <c>As...</c> members may be read.</summary>
    public BareItemKind Kind { get; }

    /// <summary>The value of an Integer.</summary>
    public long AsInteger => Expect(BareItemKind.Integer)._number;

    /// <summary>The value of a Decimal.</summary>
    public decimal AsDecimal => Thousandths / 1000m;

    /// <summary>The characters of a String.</summary>
    public string AsString => (string)Expect(BareItemKind.String)._reference!;

    /// <summary>The characters of a Token.</summary>
    public string AsToken => (string)Expect(BareItemKind.Token)._reference!;

    /// <summary>The bytes of a Byte Sequence.</summary>
    public ReadOnlyMemory<byte> AsBytes => (byte[])Expect(BareItemKind.ByteSequence)._reference!;

    /// <summary>The value of a Boolean.</summary>
    public bool AsBoolean => Expect(BareItemKind.Boolean)._number != 0;

    /// <summary>The value of a Date, in seconds since 1970-01-01T00:00:00Z.</summary>
    public long AsDate => Expect(BareItemKind.Date)._number;

    /// <summary>The characters of a Display String.</summary>
    public string AsDisplayString => (string)Expect(BareItemKind.DisplayString)._reference!;

    internal long Thousandths => Expect(BareItemKind.Decimal)._number;

    /// <summary>Whether this is the Boolean true, which is what a parameter without a value means.</summary>
    public bool IsTrue => Kind == BareItemKind.Boolean && _number != 0;

    /// <summary>An Integer of at most fifteen digits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has more digits.</exception>
    public static BareItem Integer(long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumInteger);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -MaximumInteger);
        return new(BareItemKind.Integer, value, null);
    }

    /// <summary>A Decimal, rounded half to even to three fraction digits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has more than twelve integer digits.</exception>
    public static BareItem Decimal(decimal value)
    {
        var rounded = Math.Round(value, 3, MidpointRounding.ToEven);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(rounded), 999_999_999_999.999m, nameof(value));
        return new(BareItemKind.Decimal, (long)(rounded * 1000m), null);
    }

    /// <summary>A String of printable ASCII.</summary>
    /// <exception cref="ArgumentException">It has another character.</exception>
    public static BareItem String(string value) => FieldGrammar.IsPrintable(value)
        ? new(BareItemKind.String, 0, value)
        : throw new ArgumentException("A String holds printable ASCII only.", nameof(value));

    /// <summary>A Token.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static BareItem Token(string value) => FieldGrammar.IsToken(value)
        ? new(BareItemKind.Token, 0, value)
        : throw new ArgumentException("Not a Token.", nameof(value));

    /// <summary>A Byte Sequence; the bytes are copied.</summary>
    public static BareItem Bytes(ReadOnlySpan<byte> value) => new(BareItemKind.ByteSequence, 0, value.ToArray());

    /// <summary>A Boolean.</summary>
    public static BareItem Boolean(bool value) => new(BareItemKind.Boolean, value ? 1 : 0, null);

    /// <summary>A Date, in seconds since 1970-01-01T00:00:00Z.</summary>
    public static BareItem Date(long seconds) => new(BareItemKind.Date, Integer(seconds)._number, null);

    /// <summary>A Display String.</summary>
    /// <exception cref="ArgumentException">It has an unpaired surrogate.</exception>
    public static BareItem DisplayString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        for (var rest = value.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
                throw new ArgumentException("A Display String holds whole Unicode characters.", nameof(value));
            rest = rest[consumed..];
        }
        return new(BareItemKind.DisplayString, 0, value);
    }

    internal static BareItem Parsed(BareItemKind kind, long number) => new(kind, number, null);

    internal static BareItem Parsed(BareItemKind kind, object reference) => new(kind, 0, reference);

    /// <inheritdoc/>
    public bool Equals(BareItem other) => Kind == other.Kind && _number == other._number && (_reference, other._reference) switch
    {
        (byte[] mine, byte[] theirs) => mine.AsSpan().SequenceEqual(theirs),
        (string mine, string theirs) => string.Equals(mine, theirs, StringComparison.Ordinal),
        _ => true,
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BareItem other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _number, _reference is string text ? text : null);

    /// <summary>Equality by type and value.</summary>
    public static bool operator ==(BareItem left, BareItem right) => left.Equals(right);

    /// <summary>Inequality by type and value.</summary>
    public static bool operator !=(BareItem left, BareItem right) => !left.Equals(right);

    private BareItem Expect(BareItemKind kind) => Kind == kind
        ? this
        : throw new InvalidOperationException($"The item is {Kind}, not {kind}.");
}
