using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>The value of <c>@query-param</c>: parsed as a form, encoded again in one spelling (RFC 9421, section 2.2.8).</summary>
internal static class QueryParameter
{
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._"u8);

    public static SignatureFault? TryAppend(ref AsciiBuffer buffer, ReadOnlySpan<char> query, string encodedName)
    {
        string? found = null;
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
                continue;
            var equals = pair.IndexOf('=');
            if (!TryRecode(equals < 0 ? pair : pair[..equals], out var name))
                return SignatureFault.Malformed;
            if (name != encodedName)
                continue;
            // A name that occurs twice has no one value: the RFC forbids covering it.
            if (found is not null)
                return SignatureFault.Malformed;
            if (!TryRecode(equals < 0 ? [] : pair[(equals + 1)..], out found))
                return SignatureFault.Malformed;
        }
        if (found is null)
            return SignatureFault.ComponentMissing;
        buffer.Append(found);
        return null;
    }

    private static bool TryRecode(ReadOnlySpan<char> encoded, out string recoded)
    {
        recoded = "";
        var octets = new byte[Encoding.UTF8.GetMaxByteCount(encoded.Length)];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var c = encoded[i];
            if (c > '\x7F')
                return false;
            if (c == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit(encoded[i + 1]) && char.IsAsciiHexDigit(encoded[i + 2]))
            {
                octets[length++] = Convert.FromHexString(encoded.Slice(i + 1, 2))[0];
                i += 2;
                continue;
            }
            octets[length++] = (byte)(c == '+' ? ' ' : c);
        }
        var decoded = octets.AsSpan(0, length);
        if (!Utf8.IsValid(decoded))
            return false;
        recoded = Encode(decoded);
        return true;
    }

    private static string Encode(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length);
        foreach (var octet in octets)
        {
            if (Unreserved.Contains(octet))
                text.Append((char)octet);
            else
                text.Append('%').Append(FieldWriter.HexDigit(octet >> 4)).Append(FieldWriter.HexDigit(octet & 15));
        }
        return text.ToString();
    }
}
