using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CoreBank.Simulator.Hosting;

/// <summary>The part of a list that was asked for. A cursor is opaque to callers: a position, tagged and encoded.</summary>
public readonly record struct Page(int Limit, int? Position)
{
    private const int UsualLimit = 50;
    private const int HighestLimit = 200;
    private const string Tag = "p1.";

    public static string Cursor(int position) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Tag}{position}")));

    public static bool TryRead(IQueryCollection query, out Page page)
    {
        page = new Page(UsualLimit, null);
        if (query.TryGetValue("limit", out var limits))
        {
            if (limits.Count != 1 || !int.TryParse(limits[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > HighestLimit)
                return false;
            page = page with { Limit = limit };
        }
        if (query.TryGetValue("cursor", out var cursors))
        {
            if (cursors.Count != 1 || !TryReadCursor(cursors[0], out var position))
                return false;
            page = page with { Position = position };
        }
        return true;
    }

    private static bool TryReadCursor(string? cursor, out int position)
    {
        position = 0;
        Span<byte> bytes = stackalloc byte[32];
        if (cursor is not { Length: > 0 and <= 32 } || !Ascii.IsValid(cursor) || !Base64Url.IsValid(cursor)
            || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written))
            return false;
        var text = Encoding.ASCII.GetString(bytes[..written]);
        return text.StartsWith(Tag, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Tag.Length), NumberStyles.None, CultureInfo.InvariantCulture, out position);
    }
}
