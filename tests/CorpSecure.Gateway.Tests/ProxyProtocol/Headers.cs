using System.Net;
using System.Net.Sockets;

namespace CorpSecure.Gateway.Tests.ProxyProtocol;

/// <summary>PROXY protocol headers, written from the specification.</summary>
internal static class Headers
{
    private static readonly byte[] Signature = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];

    public static byte[] Local { get; } = [.. Signature, 0x20, 0x00, 0x00, 0x00];

    public static byte[] Proxied(IPAddress source, int port)
    {
        var address = source.GetAddressBytes();
        byte[] ports = [(byte)(port >> 8), (byte)port, 0x20, 0xfb];
        byte family = source.AddressFamily == AddressFamily.InterNetwork ? (byte)0x11 : (byte)0x21;
        return WithRest([.. Signature, 0x21, family, 0, 0], [.. address, .. new byte[address.Length], .. ports]);
    }

    public static byte[] WithRest(byte[] header, byte[] rest) => [.. header[..14], (byte)(rest.Length >> 8), (byte)rest.Length, .. rest];
}
