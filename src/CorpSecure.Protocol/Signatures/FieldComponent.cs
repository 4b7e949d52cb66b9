using System.Text;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>The values of HTTP fields (RFC 9421, section 2.1).</summary>
internal static class FieldComponent
{
    public static SignatureFault? TryAppend(ref AsciiBuffer buffer, MessageView message, ComponentIdentifier component)
    {
        var lines = component.Flags.HasFlag(ComponentFlags.Trailer) ? message.Trailer(component.Name) : message.Field(component.Name);
        if (lines.Count == 0)
            return SignatureFault.ComponentMissing;
        if (component.Key is { } key)
            return AppendDictionaryMember(ref buffer, lines, key);
        if (component.Flags.HasFlag(ComponentFlags.StrictlySerialized))
            return AppendSerialized(ref buffer, lines, message.KindOf(component.Name));
        if (component.Flags.HasFlag(ComponentFlags.BinaryWrapped))
            return AppendWrapped(ref buffer, lines);
        return AppendCombined(ref buffer, lines);
    }

    private static SignatureFault? AppendCombined(ref AsciiBuffer buffer, FieldLines lines)
    {
        // 1. The lines in the order received, 2. each without white space around it, 3. without obsolete folding, 4. joined.
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
                buffer.Append(", ");
            if (!TryAppendLine(ref buffer, lines[i]))
                return SignatureFault.Malformed;
        }
        return null;
    }

    private static bool TryAppendLine(ref AsciiBuffer buffer, string line)
    {
        var value = line.AsSpan().Trim(" \t\r\n");
        if (!value.ContainsAny('\r', '\n'))
            return FieldGrammar.IsLine(value) && buffer.TryAppend(value);
        return TryUnfold(value, out var unfolded) && FieldGrammar.IsLine(unfolded) && buffer.TryAppend(unfolded);
    }

    /// <summary>Replaces each obsolete fold (RFC 9112, section 5.2) by one space; any other line break is no field value.</summary>
    private static bool TryUnfold(ReadOnlySpan<char> value, out string unfolded)
    {
        unfolded = "";
        var text = new StringBuilder(value.Length);
        while (value.IndexOfAny('\r', '\n') is var fold and >= 0)
        {
            text.Append(value[..fold].TrimEnd(" \t"));
            value = value[fold..];
            var isBreak = value.StartsWith("\r\n") || value.StartsWith("\n");
            value = value[(value[0] == '\r' ? Math.Min(2, value.Length) : 1)..];
            if (!isBreak || value.IsEmpty || value[0] is not (' ' or '\t'))
                return false;
            value = value.TrimStart(" \t");
            text.Append(' ');
        }
        unfolded = text.Append(value).ToString();
        return true;
    }

    private static SignatureFault? AppendDictionaryMember(ref AsciiBuffer buffer, FieldLines lines, string key)
    {
        // A key given twice would mean one thing here and another to a lenient reader of the same field.
        if (!FieldParser.TryParseDictionary(lines, out var dictionary, out _) || dictionary.IsDuplicated(key))
            return SignatureFault.Malformed;
        if (!dictionary.TryGet(key, out var member))
            return SignatureFault.ComponentMissing;
        FieldWriter.Append(ref buffer, member);
        return null;
    }

    private static SignatureFault? AppendSerialized(ref AsciiBuffer buffer, FieldLines lines, StructuredFieldKind? kind)
    {
        string? text = null;
        switch (kind)
        {
            case StructuredFieldKind.Item when FieldParser.TryParseItem(lines, out var item, out _):
                text = item.ToString();
                break;
            case StructuredFieldKind.List when FieldParser.TryParseList(lines, out var list, out _):
                text = list.ToString();
                break;
            case StructuredFieldKind.Dictionary when FieldParser.TryParseDictionary(lines, out var dictionary, out _) && !dictionary.HasDuplicates:
                text = dictionary.ToString();
                break;
            case null:
                return SignatureFault.ComponentUnknown;
        }
        if (text is null)
            return SignatureFault.Malformed;
        buffer.Append(text);
        return null;
    }

    private static SignatureFault? AppendWrapped(ref AsciiBuffer buffer, FieldLines lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var value = lines[i].AsSpan().Trim(" \t\r\n").ToString();
            // Field values are octets; a character beyond Latin-1 did not come from one.
            if (value.AsSpan().ContainsAnyExceptInRange('\0', '\xFF'))
                return SignatureFault.Malformed;
            if (value.AsSpan().ContainsAny('\r', '\n') && !TryUnfold(value, out value))
                return SignatureFault.Malformed;
            buffer.Append(i > 0 ? ", :" : ":");
            buffer.AppendBase64(Encoding.Latin1.GetBytes(value));
            buffer.Append(':');
        }
        return null;
    }
}
