namespace CorpSecure.Protocol.Signatures;

/// <summary>The three top-level types of structured fields (RFC 9651, section 3).</summary>
public enum StructuredFieldKind : byte
{
    /// <summary>One item.</summary>
    Item,

    /// <summary>A list.</summary>
    List,

    /// <summary>A dictionary.</summary>
    Dictionary,
}

/// <summary>Fields whose registered type is a structured field. <c>;sf</c> on any other is refused, for both ends must agree on the type.</summary>
public static class KnownStructuredFields
{
    /// <summary>The type of a field by its lower-case name.</summary>
    public static StructuredFieldKind? KindOf(string name) => name switch
    {
        "content-digest" or "repr-digest" or "want-content-digest" or "want-repr-digest"
            or "signature" or "signature-input" or "accept-signature" or "priority" => StructuredFieldKind.Dictionary,
        "ratelimit" or "ratelimit-policy" or "cache-status" or "proxy-status" or "client-cert-chain" => StructuredFieldKind.List,
        "client-cert" or "idempotency-key" => StructuredFieldKind.Item,
        _ => null,
    };
}
