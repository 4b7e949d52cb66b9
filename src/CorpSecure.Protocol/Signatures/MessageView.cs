using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>
/// What a signature can cover of an HTTP message (RFC 9421, section 2). Implementations adapt a server's or a client's own types;
/// a request states its method, scheme, authority and target, a response its status and the request it answers.
/// </summary>
public abstract class MessageView
{
    /// <summary>The method as sent; null for a response.</summary>
    public abstract string? Method { get; }

    /// <summary>The scheme of the target URI, lower case; null for a response. At a server it comes from configuration.</summary>
    public abstract string? Scheme { get; }

    /// <summary>The authority of the target URI, with a port unless it is the default one. At a server it comes from configuration, not from <c>Host</c>.</summary>
    public abstract string? Authority { get; }

    /// <summary>The raw request target, such as <c>/path?query</c>, exactly as on the request line; null for a response.</summary>
    public abstract string? RequestTarget { get; }

    /// <summary>The status code; null for a request.</summary>
    public virtual int? Status => null;

    /// <summary>The request that a response answers, which <c>;req</c> components are taken from.</summary>
    public virtual MessageView? Request => null;

    /// <summary>Whether this is a response.</summary>
    public bool IsResponse => Status is not null;

    /// <summary>The raw lines of a header field in the order received. The name is lower case.</summary>
    public abstract FieldLines Field(string name);

    /// <summary>The raw lines of a trailer field. The name is lower case.</summary>
    public virtual FieldLines Trailer(string name) => default;

    /// <summary>The type of a field that <c>;sf</c> may cover; null when it is not known to be a structured field.</summary>
    public virtual StructuredFieldKind? KindOf(string name) => KnownStructuredFields.KindOf(name);
}
