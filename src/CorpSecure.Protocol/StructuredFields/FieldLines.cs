namespace CorpSecure.Protocol.StructuredFields;

/// <summary>The raw lines of one field in the order received: none, one, or several.</summary>
public readonly struct FieldLines
{
    private readonly object? _lines;

    /// <summary>One line, or none when null.</summary>
    public FieldLines(string? line) => _lines = line;

    /// <summary>The given lines; the array is not copied.</summary>
    public FieldLines(string[]? lines) => _lines = lines is { Length: 1 } ? lines[0] : lines;

    /// <summary>The given lines.</summary>
    public FieldLines(IEnumerable<string> lines) : this(lines?.ToArray())
    {
    }

    /// <summary>How many lines there are; zero means that the field is absent.</summary>
    public int Count => _lines switch { null => 0, string => 1, _ => ((string[])_lines).Length };

    /// <summary>A line as it was received.</summary>
    public string this[int index] => _lines switch
    {
        string line when index == 0 => line,
        string[] lines => lines[index] ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>One line.</summary>
    public static implicit operator FieldLines(string? line) => new(line);

    /// <summary>Several lines.</summary>
    public static implicit operator FieldLines(string[]? lines) => new(lines);

    /// <summary>The lines joined with comma and space (RFC 9110, section 5.3).</summary>
    public override string ToString() => _lines switch
    {
        null => "",
        string line => line,
        _ => string.Join(", ", (string[])_lines),
    };
}
