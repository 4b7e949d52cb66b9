using System.Diagnostics.CodeAnalysis;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>
/// One signature as a message claims it, parsed but not verified: nothing in it may be trusted before <see cref="Verify"/>
/// answers null. Reading costs no public-key operation, so that policy can refuse first.
/// </summary>
public sealed class ReceivedSignature
{
    private readonly string _input;

    internal ReceivedSignature(
        string label, IReadOnlyList<ComponentIdentifier> components, SignatureParameters parameters, string input, ReadOnlyMemory<byte> signature)
    {
        Label = label;
        Components = components;
        Parameters = parameters;
        _input = input;
        Signature = signature;
    }

    /// <summary>The label; it pairs the two fields and means nothing else.</summary>
    public string Label { get; }

    /// <summary>What the signature covers, in order.</summary>
    public IReadOnlyList<ComponentIdentifier> Components { get; }

    /// <summary>The metadata it claims.</summary>
    public SignatureParameters Parameters { get; }

    /// <summary>The name of the key to look up in the registry.</summary>
    public string? KeyId => Parameters.KeyId;

    /// <summary>The claimed nonce.</summary>
    public string? Nonce => Parameters.Nonce;

    /// <summary>The claimed time of signing.</summary>
    public DateTimeOffset? Created => Parameters.Created;

    /// <summary>The claimed end of validity.</summary>
    public DateTimeOffset? Expires => Parameters.Expires;

    /// <summary>The claimed algorithm, which selects nothing: it must agree with the key.</summary>
    public string? Algorithm => Parameters.Algorithm;

    /// <summary>The signature's bytes.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Parses both fields strictly and chooses the one signature with the tag.</summary>
    /// <param name="signatureInput">The lines of <c>Signature-Input</c>.</param>
    /// <param name="signature">The lines of <c>Signature</c>.</param>
    /// <param name="tag">The <c>tag</c> that the application defines, such as <c>fapi-2-request</c>; null chooses the one without a tag.</param>
    /// <param name="received">The signature, when true is returned.</param>
    /// <param name="fault">The reason, when false is returned.</param>
    public static bool TryRead(
        FieldLines signatureInput, FieldLines signature, string? tag,
        [NotNullWhen(true)] out ReceivedSignature? received, out SignatureFault fault) =>
        ReceivedSignatureReader.TryRead(signatureInput, signature, tag, out received, out fault);

    /// <summary>Whether the component is covered, with exactly these parameters.</summary>
    public bool Covers(ComponentIdentifier component)
    {
        for (var i = 0; i < Components.Count; i++)
            if (Components[i].Equals(component))
                return true;
        return false;
    }

    /// <summary>Rebuilds the signature base from the message that arrived and verifies it; null when it is good.</summary>
    /// <param name="message">The message as received.</param>
    /// <param name="key">The key that our own registry holds under <see cref="KeyId"/>.</param>
    public SignatureFault? Verify(MessageView message, VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(key);
        if (KeyId != key.KeyId)
            return SignatureFault.Invalid;
        // RFC 9421, 3.2, 5. The algorithm is the key's; 5.4 what the message claims must be the same. A JOSE algorithm that has no
        // name in the registry is never claimed (3.3.7).
        if (Algorithm is not null && Algorithm != key.Algorithm.RegisteredName)
            return SignatureFault.AlgorithmMismatch;
        var buffer = new AsciiBuffer(1024);
        try
        {
            // 6. Recreate the signature base from the received message; 6.1 an error in doing so fails the verification.
            if (SignatureBase.TryAppend(ref buffer, message, Components, _input) is { } fault)
                return fault;
            // 7. Hand base, key and signature to the algorithm.
            return key.Verify(buffer.Written, Signature.Span) ? null : SignatureFault.Invalid;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>The label and claimed key only.</summary>
    public override string ToString() => $"ReceivedSignature {Label} by {KeyId} (not verified)";
}
