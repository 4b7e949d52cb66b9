using System.Diagnostics.CodeAnalysis;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>The parsing half of verification (RFC 9421, section 3.2, steps 1 to 3).</summary>
internal static class ReceivedSignatureReader
{
    public static bool TryRead(
        FieldLines signatureInput, FieldLines signature, string? tag,
        [NotNullWhen(true)] out ReceivedSignature? received, out SignatureFault fault)
    {
        received = null;
        fault = SignatureFault.Missing;
        if (signatureInput.Count == 0 && signature.Count == 0)
            return false;
        // 1. Parse the Signature and Signature-Input fields.
        fault = SignatureFault.Malformed;
        if (!FieldParser.TryParseDictionary(signatureInput, out var inputs, out _)
            || !FieldParser.TryParseDictionary(signature, out var signatures, out _)
            || inputs.HasDuplicates || signatures.HasDuplicates)
            return false;
        // 1.1 Labels pair: a member of one field without its like in the other is an error. The counts and one direction decide both.
        if (inputs.Count != signatures.Count)
            return false;
        // 1.2 Which signature is processed is the application's choice: the one with its tag, never a label.
        (string Label, InnerList Input, ReadOnlyMemory<byte> Signature)? chosen = null;
        foreach (var (label, member) in inputs)
        {
            if (member is not InnerList input || !signatures.TryGet(label, out var paired)
                || paired is not FieldItem { Value.Kind: BareItemKind.ByteSequence, Parameters.Count: 0 } bytes)
                return false;
            if (input.Parameters.HasDuplicates || !TryReadTag(input.Parameters, out var claimed))
                return false;
            if (claimed != tag)
                continue;
            if (chosen is not null)
            {
                fault = SignatureFault.Ambiguous;
                return false;
            }
            chosen = (label, input, bytes.Value.AsBytes);
        }
        if (chosen is null)
        {
            fault = SignatureFault.Missing;
            return false;
        }
        return TryReadInput(chosen.Value.Label, chosen.Value.Input, chosen.Value.Signature, out received, out fault);
    }

    private static bool TryReadTag(FieldParameters parameters, out string? tag)
    {
        tag = null;
        if (!parameters.TryGet("tag", out var value))
            return true;
        tag = value.Kind == BareItemKind.String ? value.AsString : null;
        return tag is not null;
    }

    private static bool TryReadInput(
        string label, InnerList input, ReadOnlyMemory<byte> signature,
        [NotNullWhen(true)] out ReceivedSignature? received, out SignatureFault fault)
    {
        received = null;
        // 2. The covered components, each of them known and there once.
        var components = new ComponentIdentifier[input.Items.Count];
        for (var i = 0; i < components.Length; i++)
        {
            if (!ComponentReader.TryRead(input.Items[i], out var component, out fault))
                return false;
            fault = SignatureFault.Malformed;
            for (var j = 0; j < i; j++)
                if (components[j].Equals(component))
                    return false;
            components[i] = component;
        }
        // 3. The parameters, each of its type; one that is not understood is not skipped.
        fault = SignatureFault.Malformed;
        if (signature.IsEmpty || !TryReadParameters(input.Parameters, out var parameters))
            return false;
        received = new(label, components, parameters, SignatureInput.Write(components, input.Parameters), signature);
        return true;
    }

    private static bool TryReadParameters(FieldParameters field, out SignatureParameters parameters)
    {
        parameters = new();
        foreach (var (name, value) in field)
        {
            var known = (name, value.Kind) switch
            {
                ("created", BareItemKind.Integer) => TryTime(value, out var at) ? parameters with { Created = at } : null,
                ("expires", BareItemKind.Integer) => TryTime(value, out var at) ? parameters with { Expires = at } : null,
                ("nonce", BareItemKind.String) => parameters with { Nonce = value.AsString },
                ("alg", BareItemKind.String) => parameters with { Algorithm = value.AsString },
                ("keyid", BareItemKind.String) => parameters with { KeyId = value.AsString },
                ("tag", BareItemKind.String) => parameters with { Tag = value.AsString },
                _ => null,
            };
            if (known is null)
                return false;
            parameters = known;
        }
        return true;
    }

    private static bool TryTime(BareItem value, out DateTimeOffset at)
    {
        const long yearTenThousand = 253_402_300_800;
        var inRange = value.AsInteger is >= 0 and < yearTenThousand;
        at = inRange ? DateTimeOffset.FromUnixTimeSeconds(value.AsInteger) : default;
        return inRange;
    }
}
