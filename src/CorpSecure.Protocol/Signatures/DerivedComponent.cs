using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>The values of derived components (RFC 9421, section 2.2).</summary>
internal static class DerivedComponent
{
    public static SignatureFault? TryAppend(ref AsciiBuffer buffer, MessageView message, ComponentIdentifier component)
    {
        if (component.Name == "@status")
        {
            if (message.Status is not { } status)
                return SignatureFault.ComponentUnknown;
            buffer.Append(status);
            return null;
        }
        if (message is not { IsResponse: false, Method: { } method, Scheme: { } scheme, Authority: { } authority, RequestTarget: { } target })
            return SignatureFault.ComponentUnknown;
        return component.Name switch
        {
            "@method" => Append(ref buffer, method),
            "@scheme" => AppendLower(ref buffer, scheme),
            "@authority" => AppendAuthority(ref buffer, scheme, authority),
            "@request-target" => Append(ref buffer, target),
            "@target-uri" => AppendTargetUri(ref buffer, scheme, authority, target),
            "@path" => AppendPath(ref buffer, target),
            "@query" => AppendQuery(ref buffer, target),
            "@query-param" => QueryParameter.TryAppend(ref buffer, RequestTarget.QueryOf(target), component.ParameterName!),
            _ => SignatureFault.ComponentUnknown,
        };
    }

    private static SignatureFault? AppendAuthority(ref AsciiBuffer buffer, string scheme, string authority) =>
        AppendLower(ref buffer, RequestTarget.WithoutDefaultPort(scheme, authority));

    private static SignatureFault? AppendTargetUri(ref AsciiBuffer buffer, string scheme, string authority, string target)
    {
        // A target in absolute form names an origin of its own; the view's origin is the one that counts, so that a request
        // signed for another server is not accepted by this one.
        if (AppendLower(ref buffer, scheme) is { } fault)
            return fault;
        buffer.Append("://");
        return AppendAuthority(ref buffer, scheme, authority) ?? Append(ref buffer, RequestTarget.AfterAuthority(target));
    }

    private static SignatureFault? AppendPath(ref AsciiBuffer buffer, string target)
    {
        var path = RequestTarget.PathOf(target);
        return Append(ref buffer, path.IsEmpty ? "/" : path);
    }

    private static SignatureFault? AppendQuery(ref AsciiBuffer buffer, string target)
    {
        buffer.Append('?');
        return Append(ref buffer, RequestTarget.QueryOf(target));
    }

    private static SignatureFault? AppendLower(ref AsciiBuffer buffer, scoped ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('A', 'Z'))
            return Append(ref buffer, text);
        Span<char> lower = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        text.ToLowerInvariant(lower);
        return Append(ref buffer, lower);
    }

    private static SignatureFault? Append(ref AsciiBuffer buffer, scoped ReadOnlySpan<char> text) =>
        FieldGrammar.IsPrintable(text) && buffer.TryAppend(text) ? null : SignatureFault.Malformed;
}
