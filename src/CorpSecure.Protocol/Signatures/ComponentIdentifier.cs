using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>The parameters without a value that a component may carry (RFC 9421, section 6.5.2).</summary>
[Flags]
internal enum ComponentFlags : byte
{
    None = 0,
    StrictlySerialized = 1,
    BinaryWrapped = 2,
    Trailer = 4,
    FromRequest = 8,
}

/// <summary>
/// The name and parameters of a covered component (RFC 9421, sections 2.1 and 2.2). Two are equal when name and parameters are,
/// whatever the order of the parameters; the order is kept in <see cref="ToString"/>, which is what gets signed.
/// </summary>
public sealed class ComponentIdentifier : IEquatable<ComponentIdentifier>
{
    private readonly string _text;

    internal ComponentIdentifier(string name, ComponentFlags flags, string? key, string? parameterName, string text)
    {
        Name = name;
        Flags = flags;
        Key = key;
        ParameterName = parameterName;
        _text = text;
    }

    /// <summary><c>@method</c>.</summary>
    public static ComponentIdentifier Method { get; } = Plain("@method");

    /// <summary><c>@target-uri</c>.</summary>
    public static ComponentIdentifier TargetUri { get; } = Plain("@target-uri");

    /// <summary><c>@authority</c>.</summary>
    public static ComponentIdentifier Authority { get; } = Plain("@authority");

    /// <summary><c>@status</c>.</summary>
    public static ComponentIdentifier Status { get; } = Plain("@status");

    /// <summary>The <c>Authorization</c> field.</summary>
    public static ComponentIdentifier Authorization { get; } = Plain("authorization");

    /// <summary>The <c>DPoP</c> field.</summary>
    public static ComponentIdentifier Dpop { get; } = Plain("dpop");

    /// <summary>The <c>Content-Digest</c> field.</summary>
    public static ComponentIdentifier ContentDigest { get; } = Plain("content-digest");

    /// <summary>The <c>Content-Type</c> field.</summary>
    public static ComponentIdentifier ContentType { get; } = Plain("content-type");

    /// <summary>The <c>Idempotency-Key</c> field.</summary>
    public static ComponentIdentifier IdempotencyKey { get; } = Plain("idempotency-key");

    /// <summary>The lower-case field name, or the derived component's name with its <c>@</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the component is taken from the request a response answers (<c>;req</c>).</summary>
    public bool IsFromRequest => Flags.HasFlag(ComponentFlags.FromRequest);

    internal ComponentFlags Flags { get; }

    internal string? Key { get; }

    internal string? ParameterName { get; }

    internal bool IsDerived => Name[0] == '@';

    /// <summary>A component without parameters.</summary>
    /// <exception cref="ArgumentException">The name is neither a known derived component nor a lower-case field name.</exception>
    public static ComponentIdentifier Of(string name) => Parse('"' + name + '"');

    /// <summary>The <c>@query-param</c> of one name, given in its encoded form.</summary>
    public static ComponentIdentifier QueryParameter(string encodedName) =>
        FromItem(new(BareItem.String("@query-param"), new(new KeyValuePair<string, BareItem>("name", BareItem.String(encodedName)))));

    /// <summary>The component as text, such as <c>"content-digest";req</c>.</summary>
    /// <exception cref="ArgumentException">It is not a component identifier this implementation knows.</exception>
    public static ComponentIdentifier Parse(string text) => FieldParser.TryParseItem(text, out var item, out _)
        ? FromItem(item)
        : throw new ArgumentException("Not a component identifier: " + text, nameof(text));

    /// <summary>The same component of the request that is answered.</summary>
    public ComponentIdentifier OfRequest() => IsFromRequest ? this : Parse(_text + ";req");

    /// <inheritdoc/>
    public bool Equals(ComponentIdentifier? other) =>
        other is not null && Name == other.Name && Flags == other.Flags && Key == other.Key && ParameterName == other.ParameterName;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ComponentIdentifier);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Flags, Key, ParameterName);

    /// <summary>The identifier as it stands in the signature base.</summary>
    public override string ToString() => _text;

    private static ComponentIdentifier Plain(string name) => new(name, ComponentFlags.None, null, null, '"' + name + '"');

    private static ComponentIdentifier FromItem(FieldItem item) => ComponentReader.TryRead(item, out var component, out _)
        ? component
        : throw new ArgumentException("Not a component identifier: " + item, nameof(item));
}
