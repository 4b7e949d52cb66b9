using System.Buffers.Text;
using System.Text;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>Reads one bare item (RFC 9651, section 4.2.3.1 and its subsections).</summary>
internal static class BareItemReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>On success <paramref name="consumed"/> is the item's length; on a fault, where in the text it lies.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out BareItem item, out int consumed, out FieldFaultKind fault)
    {
        item = default;
        consumed = 0;
        fault = FieldFaultKind.UnexpectedEnd;
        if (text.IsEmpty)
            return false;
        switch (text[0])
        {
            case '-' or (>= '0' and <= '9'):
                return TryReadNumber(text, out item, out consumed, out fault);
            case '"':
                return TryReadString(text, out item, out consumed, out fault);
            case ':':
                return TryReadBytes(text, out item, out consumed, out fault);
            case '?':
                return TryReadBoolean(text, out item, out consumed, out fault);
            case '@':
                return TryReadDate(text, out item, out consumed, out fault);
            case '%':
                return TryReadDisplayString(text, out item, out consumed, out fault);
            case var c when FieldGrammar.StartsToken(c):
                consumed = FieldGrammar.TokenLength(text);
                item = BareItem.Parsed(BareItemKind.Token, text[..consumed].ToString());
                return true;
            default:
                fault = FieldFaultKind.UnexpectedCharacter;
                return false;
        }
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out BareItem item, out int position, out FieldFaultKind fault)
    {
        item = default;
        fault = FieldFaultKind.Number;
        var negative = text[0] == '-';
        position = negative ? 1 : 0;
        var start = position;
        long number = 0;
        for (; position < text.Length && char.IsAsciiDigit(text[position]); position++)
        {
            if (position - start == 15)
                return false;
            number = number * 10 + (text[position] - '0');
        }
        var digits = position - start;
        if (digits == 0)
            return false;
        if (position == text.Length || text[position] != '.')
        {
            item = BareItem.Parsed(BareItemKind.Integer, negative ? -number : number);
            return true;
        }
        if (digits > 12)
            return false;
        position++;
        var fractionStart = position;
        for (; position < text.Length && char.IsAsciiDigit(text[position]); position++)
        {
            if (position - fractionStart == 3)
                return false;
            number = number * 10 + (text[position] - '0');
        }
        if (position == fractionStart)
            return false;
        for (var i = position - fractionStart; i < 3; i++)
            number *= 10;
        item = BareItem.Parsed(BareItemKind.Decimal, negative ? -number : number);
        return true;
    }

    private static bool TryReadString(ReadOnlySpan<char> text, out BareItem item, out int position, out FieldFaultKind fault)
    {
        item = default;
        fault = FieldFaultKind.UnexpectedCharacter;
        var escapes = 0;
        for (position = 1; position < text.Length; position++)
        {
            var c = text[position];
            if (c == '"')
            {
                item = BareItem.Parsed(BareItemKind.String, Unescape(text[1..position], escapes));
                position++;
                return true;
            }
            if (c == '\\')
            {
                position++;
                escapes++;
                if (position == text.Length)
                    break;
                if (text[position] is not ('"' or '\\'))
                    return false;
            }
            else if (!FieldGrammar.IsPrintable(c))
            {
                return false;
            }
        }
        fault = FieldFaultKind.UnexpectedEnd;
        return false;
    }

    private static string Unescape(ReadOnlySpan<char> raw, int escapes)
    {
        if (escapes == 0)
            return raw.ToString();
        var builder = new StringBuilder(raw.Length - escapes);
        for (var i = 0; i < raw.Length; i++)
            builder.Append(raw[i] == '\\' ? raw[++i] : raw[i]);
        return builder.ToString();
    }

    private static bool TryReadBytes(ReadOnlySpan<char> text, out BareItem item, out int position, out FieldFaultKind fault)
    {
        item = default;
        position = 1;
        var length = text[1..].IndexOf(':');
        if (length < 0)
        {
            fault = FieldFaultKind.UnexpectedEnd;
            position = text.Length;
            return false;
        }
        fault = FieldFaultKind.Base64;
        var encoded = text.Slice(1, length);
        if (!CanonicalBase64.TryDecode(encoded, out var bytes))
            return false;
        position = length + 2;
        item = BareItem.Parsed(BareItemKind.ByteSequence, bytes);
        return true;
    }

    private static bool TryReadBoolean(ReadOnlySpan<char> text, out BareItem item, out int position, out FieldFaultKind fault)
    {
        item = default;
        position = 1;
        fault = text.Length < 2 ? FieldFaultKind.UnexpectedEnd : FieldFaultKind.UnexpectedCharacter;
        if (text.Length < 2 || text[1] is not ('0' or '1'))
            return false;
        position = 2;
        item = BareItem.Boolean(text[1] == '1');
        return true;
    }

    private static bool TryReadDate(ReadOnlySpan<char> text, out BareItem item, out int position, out FieldFaultKind fault)
    {
        item = default;
        position = 1;
        fault = FieldFaultKind.Number;
        if (text.Length < 2 || text[1] is not ('-' or (>= '0' and <= '9')))
            return false;
        var read = TryReadNumber(text[1..], out var number, out var length, out fault);
        position = length + 1;
        if (!read)
            return false;
        fault = FieldFaultKind.Number;
        if (number.Kind != BareItemKind.Integer)
            return false;
        item = BareItem.Parsed(BareItemKind.Date, number.AsInteger);
        return true;
    }

    private static bool TryReadDisplayString(ReadOnlySpan<char> text, out BareItem item, out int position, out FieldFaultKind fault)
    {
        item = default;
        fault = FieldFaultKind.UnexpectedCharacter;
        position = 1;
        if (text.Length < 2 || text[1] != '"')
            return false;
        var octets = new List<byte>();
        for (position = 2; position < text.Length; position++)
        {
            var c = text[position];
            if (!FieldGrammar.IsPrintable(c))
                return false;
            if (c == '"')
            {
                position++;
                return TryDecodeUtf8(octets, out item, out fault);
            }
            if (c != '%')
            {
                octets.Add((byte)c);
                continue;
            }
            if (position + 2 >= text.Length)
                break;
            if (!char.IsAsciiHexDigitLower(text[position + 1]) || !char.IsAsciiHexDigitLower(text[position + 2]))
                return false;
            octets.Add((byte)(Nibble(text[position + 1]) << 4 | Nibble(text[position + 2])));
            position += 2;
        }
        fault = FieldFaultKind.UnexpectedEnd;
        return false;
    }

    private static int Nibble(char lowerHex) => char.IsAsciiDigit(lowerHex) ? lowerHex - '0' : lowerHex - 'a' + 10;

    private static bool TryDecodeUtf8(List<byte> octets, out BareItem item, out FieldFaultKind fault)
    {
        item = default;
        fault = FieldFaultKind.Utf8;
        var bytes = octets.ToArray();
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        item = BareItem.Parsed(BareItemKind.DisplayString, StrictUtf8.GetString(bytes));
        return true;
    }
}
