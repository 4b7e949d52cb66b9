using System.Buffers;
using System.Globalization;

namespace CorpSecure.Gateway.FrontDoor;

/// <summary>
/// Follows the framing of HTTP/1 messages, line by line, and knows the few things that the server's parser accepts, that its
/// result no longer shows, and that another parser may read differently. It only ever refuses; what it lets through is still parsed by the server.
/// </summary>
internal sealed class MessageScanner
{
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';
    private const int LongestLength = 18; // digits that fit a long
    private const int LongestChunkSize = 8; // digits, as the server's parser has it

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    private Part part = Part.RequestLine;
    private long searched;
    private long remaining;
    private Framing framing;

    private enum Part
    {
        RequestLine,
        Header,
        FixedBody,
        ChunkSize,
        Chunk,
        ChunkEnd,
        Trailer,
        LastMessage,
        Refused,
    }

    private enum Framing
    {
        None,
        Length,
        Chunked,
        Doubtful,
    }

    /// <summary>Nothing beyond what was taken so far may be read.</summary>
    public bool IsOver => part >= Part.LastMessage;

    public bool IsRefused => part == Part.Refused;

    /// <summary>Takes whole lines and body bytes from the start of what was not yet taken.</summary>
    /// <returns>How many bytes it took. The rest is a line that has not ended, or that is refused.</returns>
    public long Take(ReadOnlySequence<byte> bytes)
    {
        long taken = 0;
        while (!IsOver && taken < bytes.Length)
        {
            var rest = bytes.Slice(taken);
            if (part is Part.FixedBody or Part.Chunk)
            {
                taken += TakeBody(rest.Length);
                continue;
            }

            var length = LineLength(rest);
            if (length == 0)
                break;
            TakeLine(rest.Slice(0, length));
            if (!IsRefused)
                taken += length;
        }

        return taken;
    }

    public void Refuse() => part = Part.Refused;

    private long TakeBody(long available)
    {
        var count = Math.Min(available, remaining);
        remaining -= count;
        if (remaining == 0)
            part = part == Part.Chunk ? Part.ChunkEnd : Part.RequestLine;
        return count;
    }

    /// <summary>With the line feed at its end; 0 while there is none.</summary>
    private long LineLength(ReadOnlySequence<byte> rest)
    {
        var span = rest.FirstSpan;
        var index = searched < span.Length ? span[(int)searched..].IndexOf(LineFeed) : -1;
        if (index >= 0)
        {
            var length = searched + index + 1;
            searched = 0;
            return length;
        }

        if (!rest.IsSingleSegment && rest.Slice(searched).PositionOf(LineFeed) is { } position)
        {
            searched = 0;
            return rest.Slice(0, position).Length + 1;
        }

        searched = rest.Length;
        // The server acts on an extension before its line has ended.
        if (part == Part.ChunkSize && (rest.Length > LongestChunkSize + 1 || !IsBeginningOfChunkSize(rest.ToArray())))
            part = Part.Refused;
        return 0;
    }

    private void TakeLine(ReadOnlySequence<byte> line)
    {
        if (line.IsSingleSegment)
        {
            TakeLine(line.FirstSpan);
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent((int)line.Length);
        line.CopyTo(copy);
        TakeLine(copy.AsSpan(0, (int)line.Length));
        ArrayPool<byte>.Shared.Return(copy);
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        // RFC 9112 section 2.2: a line ends in CRLF. That a recipient may take a lone LF for one is what smuggling lives on.
        if (line.Length < 2 || line[^2] != CarriageReturn)
        {
            part = Part.Refused;
            return;
        }

        var content = line[..^2];
        part = part switch
        {
            Part.RequestLine => AfterRequestLine(content),
            Part.Header => content.IsEmpty ? AfterHead() : AfterHeader(content),
            Part.ChunkSize => AfterChunkSize(content),
            Part.ChunkEnd => content.IsEmpty ? Part.ChunkSize : Part.Refused,
            Part.Trailer => content.IsEmpty ? Part.RequestLine : Part.Trailer,
            Part.FixedBody or Part.Chunk or Part.LastMessage or Part.Refused => Part.Refused,
        };
    }

    private Part AfterRequestLine(ReadOnlySpan<byte> line)
    {
        framing = Framing.None;
        if (line.IsEmpty)
            return Part.RequestLine; // RFC 9112 section 2.2: an empty line before the request line is ignored
        // RFC 9112 section 3: single spaces between the three parts; section 2.2: a lone CR is no line end, before the line neither.
        return line.Count((byte)' ') == 2 && !line.Contains(CarriageReturn) ? Part.Header : Part.Refused;
    }

    private Part AfterHeader(ReadOnlySpan<byte> line)
    {
        switch (line[0] | 0x20)
        {
            case 'c' when Names(line, "content-length:"u8):
                var length = line["content-length:".Length..].Trim(" \t"u8);
                // RFC 9110 section 8.6: digits only; RFC 9112 section 6.3: a second one is a second length.
                if (framing is Framing.Length || length.IsEmpty || length.Length > LongestLength || length.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                    return Part.Refused;
                remaining = long.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture);
                framing = framing == Framing.None ? Framing.Length : Framing.Doubtful;
                break;
            case 't' when Names(line, "transfer-encoding:"u8):
                // RFC 9112 section 6.1 and 7: anything but one "chunked", or a length beside it, is faulty or not understood.
                var isChunked = Names(line["transfer-encoding:".Length..].Trim(" \t"u8), "chunked"u8, exactly: true);
                framing = framing == Framing.None && isChunked ? Framing.Chunked : Framing.Doubtful;
                break;
        }

        return Part.Header;
    }

    // A doubtful message is refused by the enforcement, on the record; this makes sure that nothing after it is read as another.
    private Part AfterHead() => framing switch
    {
        Framing.None => Part.RequestLine,
        Framing.Length => remaining == 0 ? Part.RequestLine : Part.FixedBody,
        Framing.Chunked => Part.ChunkSize,
        Framing.Doubtful => Part.LastMessage,
    };

    private Part AfterChunkSize(ReadOnlySpan<byte> line)
    {
        // RFC 9112 section 7.1: hexadecimal digits. Extensions (7.1.1) mean nothing here, and a limit on them is for the server to set: none.
        if (line.IsEmpty || line.Length > LongestChunkSize || line.ContainsAnyExcept(HexDigits))
            return Part.Refused;
        remaining = long.Parse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return remaining == 0 ? Part.Trailer : Part.Chunk;
    }

    private static bool IsBeginningOfChunkSize(ReadOnlySpan<byte> line)
    {
        var digits = line.IndexOfAnyExcept(HexDigits);
        return digits < 0 || (digits > 0 && digits == line.Length - 1 && line[digits] == CarriageReturn);
    }

    private static bool Names(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, bool exactly = false) =>
        (exactly ? text.Length == name.Length : text.Length >= name.Length) && System.Text.Ascii.EqualsIgnoreCase(text[..name.Length], name);
}
