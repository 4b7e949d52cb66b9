using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>What counts as one address: an IPv4 address, or the /64 of an IPv6 one.</summary>
public readonly record struct AddressKey(ulong Prefix, bool IsV6)
{
    public static AddressKey Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new AddressKey(BinaryPrimitives.ReadUInt64BigEndian(bytes), true)
            : new AddressKey(BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (IsV6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Prefix);
            return $"{new IPAddress(bytes)}/64";
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Prefix);
        return new IPAddress(bytes[..4]).ToString();
    }
}
