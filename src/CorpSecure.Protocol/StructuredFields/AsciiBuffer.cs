using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>Grows a rented array of ASCII bytes; both field values and signature bases are written into one.</summary>
internal ref struct AsciiBuffer(int capacity)
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public readonly void Dispose()
    {
        // What was signed may hold an access token: it does not stay behind in the pool.
        _bytes.AsSpan(0, _length).Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
    }

    public void Append(char ascii)
    {
        Reserve(1)[0] = (byte)ascii;
        _length++;
    }

    /// <summary>Appends the text, or answers false when a character is not ASCII.</summary>
    public bool TryAppend(scoped ReadOnlySpan<char> text)
    {
        var status = Ascii.FromUtf16(text, Reserve(text.Length), out var written);
        _length += written;
        return status == OperationStatus.Done;
    }

    public void Append(scoped ReadOnlySpan<char> ascii)
    {
        if (!TryAppend(ascii))
            throw new ArgumentException("Not ASCII.", nameof(ascii));
    }

    public void Append(long number)
    {
        Utf8Formatter.TryFormat(number, Reserve(20), out var written);
        _length += written;
    }

    public void AppendBase64(scoped ReadOnlySpan<byte> data)
    {
        Base64.EncodeToUtf8(data, Reserve(Base64.GetMaxEncodedToUtf8Length(data.Length)), out _, out var written);
        _length += written;
    }

    public readonly override string ToString() => Encoding.ASCII.GetString(Written);

    private Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + size, _bytes.Length * 2));
            Written.CopyTo(larger);
            Dispose();
            _bytes = larger;
        }
        return _bytes.AsSpan(_length);
    }
}
