using System.Text;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>Serializes structured fields canonically (RFC 9651, section 4.1). Values are valid by construction, so nothing here fails.</summary>
public static class FieldWriter
{
    /// <summary>The text of an item or inner list with its parameters.</summary>
    public static string Write(FieldMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var buffer = new AsciiBuffer(256);
        Append(ref buffer, member);
        return Finish(ref buffer);
    }

    /// <summary>The text of a list; empty for an empty list, whose field is then not sent.</summary>
    public static string Write(FieldList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var buffer = new AsciiBuffer(256);
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                buffer.Append(", ");
            Append(ref buffer, list[i]);
        }
        return Finish(ref buffer);
    }

    /// <summary>The text of a dictionary; empty for an empty dictionary, whose field is then not sent.</summary>
    public static string Write(FieldDictionary dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        var buffer = new AsciiBuffer(256);
        for (var i = 0; i < dictionary.Count; i++)
        {
            if (i > 0)
                buffer.Append(", ");
            buffer.Append(dictionary[i].Key);
            if (dictionary[i].Value is FieldItem { Value.IsTrue: true } flag)
            {
                Append(ref buffer, flag.Parameters);
                continue;
            }
            buffer.Append('=');
            Append(ref buffer, dictionary[i].Value);
        }
        return Finish(ref buffer);
    }

    internal static string Finish(ref AsciiBuffer buffer)
    {
        var text = buffer.ToString();
        buffer.Dispose();
        return text;
    }

    internal static void Append(ref AsciiBuffer buffer, FieldMember member)
    {
        if (member is InnerList inner)
        {
            buffer.Append('(');
            for (var i = 0; i < inner.Items.Count; i++)
            {
                if (i > 0)
                    buffer.Append(' ');
                Append(ref buffer, inner.Items[i]);
            }
            buffer.Append(')');
        }
        else
        {
            Append(ref buffer, ((FieldItem)member).Value);
        }
        Append(ref buffer, member.Parameters);
    }

    internal static void Append(ref AsciiBuffer buffer, FieldParameters parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            buffer.Append(';');
            buffer.Append(parameters[i].Key);
            if (parameters[i].Value.IsTrue)
                continue;
            buffer.Append('=');
            Append(ref buffer, parameters[i].Value);
        }
    }

    internal static void Append(ref AsciiBuffer buffer, BareItem item)
    {
        switch (item.Kind)
        {
            case BareItemKind.Integer:
                buffer.Append(item.AsInteger);
                break;
            case BareItemKind.Decimal:
                AppendDecimal(ref buffer, item.Thousandths);
                break;
            case BareItemKind.String:
                AppendString(ref buffer, item.AsString);
                break;
            case BareItemKind.Token:
                buffer.Append(item.AsToken);
                break;
            case BareItemKind.ByteSequence:
                buffer.Append(':');
                buffer.AppendBase64(item.AsBytes.Span);
                buffer.Append(':');
                break;
            case BareItemKind.Boolean:
                buffer.Append(item.AsBoolean ? "?1" : "?0");
                break;
            case BareItemKind.Date:
                buffer.Append('@');
                buffer.Append(item.AsDate);
                break;
            case BareItemKind.DisplayString:
                AppendDisplayString(ref buffer, item.AsDisplayString);
                break;
        }
    }

    internal static void AppendString(ref AsciiBuffer buffer, string text)
    {
        buffer.Append('"');
        if (!text.AsSpan().ContainsAny('"', '\\'))
        {
            buffer.Append(text);
        }
        else
        {
            foreach (var c in text)
            {
                if (c is '"' or '\\')
                    buffer.Append('\\');
                buffer.Append(c);
            }
        }
        buffer.Append('"');
    }

    private static void AppendDecimal(ref AsciiBuffer buffer, long thousandths)
    {
        if (thousandths < 0)
            buffer.Append('-');
        var magnitude = Math.Abs(thousandths);
        buffer.Append(magnitude / 1000);
        buffer.Append('.');
        var fraction = magnitude % 1000;
        buffer.Append((char)('0' + fraction / 100));
        if (fraction % 100 != 0)
            buffer.Append((char)('0' + fraction / 10 % 10));
        if (fraction % 10 != 0)
            buffer.Append((char)('0' + fraction % 10));
    }

    private static void AppendDisplayString(ref AsciiBuffer buffer, string text)
    {
        buffer.Append("%\"");
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is (byte)'%' or (byte)'"' or < 0x20 or > 0x7E)
            {
                buffer.Append('%');
                buffer.Append(char.ToLowerInvariant(HexDigit(octet >> 4)));
                buffer.Append(char.ToLowerInvariant(HexDigit(octet & 15)));
            }
            else
            {
                buffer.Append((char)octet);
            }
        }
        buffer.Append('"');
    }

    internal static char HexDigit(int nibble) => (char)(nibble < 10 ? '0' + nibble : 'A' + nibble - 10);
}
