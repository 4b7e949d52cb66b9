using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>A message held in memory, for clients that build one and for tests. Not thread-safe while fields are added.</summary>
public sealed class InMemoryMessage : MessageView
{
    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _trailers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, StructuredFieldKind> _kinds = new(StringComparer.OrdinalIgnoreCase);

    private InMemoryMessage(string? method, string? scheme, string? authority, string? requestTarget, int? status, MessageView? request)
    {
        Method = method;
        Scheme = scheme;
        Authority = authority;
        RequestTarget = requestTarget;
        Status = status;
        Request = request;
    }

    /// <inheritdoc/>
    public override string? Method { get; }

    /// <inheritdoc/>
    public override string? Scheme { get; }

    /// <inheritdoc/>
    public override string? Authority { get; }

    /// <inheritdoc/>
    public override string? RequestTarget { get; }

    /// <inheritdoc/>
    public override int? Status { get; }

    /// <inheritdoc/>
    public override MessageView? Request { get; }

    /// <summary>A request for an absolute URI. The text is taken apart, not normalized, so that it is signed as it will be sent.</summary>
    /// <exception cref="ArgumentException">The URI has no scheme and authority, or has a fragment.</exception>
    public static InMemoryMessage ForRequest(string method, string targetUri)
    {
        ArgumentNullException.ThrowIfNull(targetUri);
        var authorityAt = targetUri.IndexOf("://", StringComparison.Ordinal) + 3;
        if (authorityAt < 4 || targetUri.Contains('#', StringComparison.Ordinal))
            throw new ArgumentException("Not an absolute URI without a fragment.", nameof(targetUri));
        var length = targetUri.AsSpan(authorityAt).IndexOfAny('/', '?');
        var targetAt = length < 0 ? targetUri.Length : authorityAt + length;
        // An empty path is sent as a slash (RFC 9112, section 3.2.1), and so it is what gets signed.
        var target = targetUri[targetAt..];
        return ForRequest(
            method, targetUri[..(authorityAt - 3)], targetUri[authorityAt..targetAt], target.StartsWith('/') ? target : "/" + target);
    }

    /// <summary>A request with its parts given separately; the target may be in any of the forms of RFC 9112, section 3.2.</summary>
    public static InMemoryMessage ForRequest(string method, string scheme, string authority, string requestTarget) =>
        new(method, scheme, authority, requestTarget, null, null);

    /// <summary>A response, and the request it answers.</summary>
    public static InMemoryMessage ForResponse(int status, MessageView? request = null) => new(null, null, null, null, status, request);

    /// <summary>Adds one line of a header field.</summary>
    public InMemoryMessage With(string name, string line) => Add(_fields, name, line);

    /// <summary>Adds one line of a trailer field.</summary>
    public InMemoryMessage WithTrailer(string name, string line) => Add(_trailers, name, line);

    /// <summary>States the type of a structured field that <see cref="KnownStructuredFields"/> does not list.</summary>
    public InMemoryMessage Knowing(string name, StructuredFieldKind kind)
    {
        _kinds[name] = kind;
        return this;
    }

    /// <inheritdoc/>
    public override FieldLines Field(string name) => _fields.TryGetValue(name, out var lines) ? new(lines) : default;

    /// <inheritdoc/>
    public override FieldLines Trailer(string name) => _trailers.TryGetValue(name, out var lines) ? new(lines) : default;

    /// <inheritdoc/>
    public override StructuredFieldKind? KindOf(string name) =>
        _kinds.TryGetValue(name, out var kind) ? kind : base.KindOf(name);

    private InMemoryMessage Add(Dictionary<string, List<string>> fields, string name, string line)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(line);
        if (!fields.TryGetValue(name, out var lines))
            fields[name] = lines = [];
        lines.Add(line);
        return this;
    }
}
