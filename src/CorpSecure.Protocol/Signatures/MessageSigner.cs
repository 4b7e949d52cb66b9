using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>The two field values of a signature. Append them as further members when the message is already signed by others.</summary>
/// <param name="Label">The label that pairs the two members.</param>
/// <param name="SignatureInput">The value for the <c>Signature-Input</c> field.</param>
/// <param name="Signature">The value for the <c>Signature</c> field.</param>
/// <param name="Base">What was signed, for diagnosis. It holds what is covered, credentials included: never log it whole.</param>
public sealed record MessageSignature(string Label, string SignatureInput, string Signature, string Base)
{
    /// <summary>The label and input only.</summary>
    public override string ToString() => SignatureInput;
}

/// <summary>Signs HTTP messages with one key (RFC 9421, section 3.1). Thread-safe.</summary>
public sealed class MessageSigner(SigningKey key)
{
    /// <summary>Signs the components of a message. <c>keyid</c> is the key's, <c>alg</c> is sent only when the parameters name it.</summary>
    /// <exception cref="ArgumentException">A component is not in the message, is given twice, or the parameters contradict the key.</exception>
    public MessageSignature Sign(
        MessageView message, IReadOnlyList<ComponentIdentifier> components, SignatureParameters parameters, string label = "sig")
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(parameters);
        if (!FieldGrammar.IsKey(label))
            throw new ArgumentException("The label is not a structured-field key.", nameof(label));
        if (parameters.Algorithm is not null && parameters.Algorithm != key.Algorithm.RegisteredName)
            throw new ArgumentException("The parameters name another algorithm than the key's.", nameof(parameters));

        var input = SignatureInput.Write(components, (parameters with { KeyId = key.KeyId }).ToField());
        var buffer = new AsciiBuffer(1024);
        try
        {
            if (SignatureBase.TryAppend(ref buffer, message, components, input) is { } fault)
                throw new ArgumentException($"The message cannot be signed ({fault.Code()}): {string.Join(' ', components)}", nameof(components));
            Span<byte> signature = stackalloc byte[key.Algorithm.LargestSignature];
            var length = key.Sign(buffer.Written, signature);
            return new(label, label + "=" + input, $"{label}=:{Convert.ToBase64String(signature[..length])}:", buffer.ToString());
        }
        finally
        {
            buffer.Dispose();
        }
    }
}
