using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>Writes the signature parameters: the value of <c>@signature-params</c> and of a <c>Signature-Input</c> member alike.</summary>
internal static class SignatureInput
{
    public static string Write(IReadOnlyList<ComponentIdentifier> components, FieldParameters parameters)
    {
        var buffer = new AsciiBuffer(512);
        buffer.Append('(');
        for (var i = 0; i < components.Count; i++)
        {
            if (i > 0)
                buffer.Append(' ');
            buffer.Append(components[i].ToString());
        }
        buffer.Append(')');
        FieldWriter.Append(ref buffer, parameters);
        return FieldWriter.Finish(ref buffer);
    }
}
