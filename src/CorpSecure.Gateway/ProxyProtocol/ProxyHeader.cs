using System.Buffers;
using System.Buffers.Binary;
using System.Net;

namespace CorpSecure.Gateway.ProxyProtocol;

/// <summary>
/// The header that a balancer puts before a connection's first byte: PROXY protocol, version 2, section 2.2. The text form of
/// version 1 is not read.
/// </summary>
/// <param name="Source">The client's end; null when the balancer speaks for itself.</param>
/// <param name="Length">Bytes of the header.</param>
public sealed record ProxyHeader(IPEndPoint? Source, int Length)
{
    private const int Fixed = 16;
    private const int LongestRest = 1024; // addresses take 36 at most; the rest are extensions, which are skipped
    private const byte Local = 0x20;
    private const byte Proxied = 0x21;
    private const byte TcpOverIPv4 = 0x11;
    private const byte TcpOverIPv6 = 0x21;
    private const int IPv4Addresses = 12;
    private const int IPv6Addresses = 36;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Null and not at fault: more bytes are needed.</summary>
    public static ProxyHeader? Read(ReadOnlySequence<byte> bytes, out bool atFault)
    {
        atFault = false;
        Span<byte> start = stackalloc byte[Fixed];
        var present = (int)Math.Min(bytes.Length, Fixed);
        bytes.Slice(0, present).CopyTo(start);
        var compared = Math.Min(present, Signature.Length);
        atFault = !start[..compared].SequenceEqual(Signature[..compared]);
        if (atFault || present < Fixed)
            return null;
        var rest = BinaryPrimitives.ReadUInt16BigEndian(start[14..]);
        atFault = rest > LongestRest || start[12] is not (Local or Proxied);
        if (atFault || bytes.Length < Fixed + rest)
            return null;
        if (start[12] == Local)
            return new ProxyHeader(null, Fixed + rest);

        Span<byte> addresses = stackalloc byte[rest];
        bytes.Slice(Fixed, rest).CopyTo(addresses);
        var source = SourceOf(start[13], addresses);
        atFault = source is null;
        return source is null ? null : new ProxyHeader(source, Fixed + rest);
    }

    private static IPEndPoint? SourceOf(byte family, ReadOnlySpan<byte> addresses) => family switch
    {
        TcpOverIPv4 when addresses.Length >= IPv4Addresses => new IPEndPoint(new IPAddress(addresses[..4]), BinaryPrimitives.ReadUInt16BigEndian(addresses[8..])),
        TcpOverIPv6 when addresses.Length >= IPv6Addresses => new IPEndPoint(new IPAddress(addresses[..16]), BinaryPrimitives.ReadUInt16BigEndian(addresses[32..])),
        _ => null,
    };
}
