using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>Builds the bytes that are signed (RFC 9421, section 2.5).</summary>
public static class SignatureBase
{
    /// <summary>The signature base as text, for tests and diagnosis. It holds what is covered, credentials included: never log it whole.</summary>
    public static SignatureFault? TryBuild(
        MessageView message, IReadOnlyList<ComponentIdentifier> components, string signatureParameters, out string text)
    {
        var buffer = new AsciiBuffer(1024);
        var fault = TryAppend(ref buffer, message, components, signatureParameters);
        text = fault is null ? buffer.ToString() : "";
        buffer.Dispose();
        return fault;
    }

    internal static SignatureFault? TryAppend(
        ref AsciiBuffer buffer, MessageView message, IReadOnlyList<ComponentIdentifier> components, string signatureParameters)
    {
        // 1. Let the output be an empty string.
        for (var i = 0; i < components.Count; i++)
        {
            var component = components[i];
            // 2.1 A component identifier that is already there is an error.
            for (var j = 0; j < i; j++)
                if (components[j].Equals(component))
                    return SignatureFault.Malformed;
            // 2.2-2.4 The identifier, a colon and a space.
            buffer.Append(component.ToString());
            buffer.Append(": ");
            // 2.5-2.7 The component value; one that cannot be had, or is not ASCII on one line, is an error.
            if (TryAppendValue(ref buffer, message, component) is { } fault)
                return fault;
            // 2.8 A newline.
            buffer.Append('\n');
        }
        // 3. The signature parameters, with no newline after them.
        buffer.Append("\"@signature-params\": ");
        return buffer.TryAppend(signatureParameters) ? null : SignatureFault.Malformed;
    }

    private static SignatureFault? TryAppendValue(ref AsciiBuffer buffer, MessageView message, ComponentIdentifier component)
    {
        if (component.IsFromRequest)
        {
            // Only a response has a request; in a request the parameter is an error (section 2.4).
            if (!message.IsResponse)
                return SignatureFault.ComponentUnknown;
            if (message.Request is null)
                return SignatureFault.ComponentMissing;
            message = message.Request;
        }
        return component.IsDerived
            ? DerivedComponent.TryAppend(ref buffer, message, component)
            : FieldComponent.TryAppend(ref buffer, message, component);
    }
}
