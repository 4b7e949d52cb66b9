using System.Buffers;
using System.Net;
using CorpSecure.Gateway.ProxyProtocol;

namespace CorpSecure.Gateway.Tests.ProxyProtocol;

public sealed class ProxyHeaderTests
{
    private static readonly byte[] Four = Headers.Proxied(IPAddress.Parse("203.0.113.9"), 50_000);
    private static readonly byte[] Six = Headers.Proxied(IPAddress.Parse("2001:db8::9"), 50_001);

    [Fact]
    public void The_source_is_read_from_either_family_and_extensions_are_skipped()
    {
        Read(Four).ShouldBe((new IPEndPoint(IPAddress.Parse("203.0.113.9"), 50_000), Four.Length, false));
        Read(Six).ShouldBe((new IPEndPoint(IPAddress.Parse("2001:db8::9"), 50_001), Six.Length, false));
        var extended = Headers.WithRest(Four, [.. Four[16..], 0x04, 0x00, 0x01, 0x2a]);
        Read([.. extended, 0x16, 0x03]).ShouldBe((new IPEndPoint(IPAddress.Parse("203.0.113.9"), 50_000), extended.Length, false));
    }

    [Fact]
    public void A_balancer_that_speaks_for_itself_names_nobody() => Read(Headers.Local).ShouldBe((null, 16, false));

    [Fact]
    public void A_header_may_arrive_in_any_pieces()
    {
        for (var length = 0; length < Six.Length; length++)
            Read(Six[..length]).ShouldBe((null, 0, false), $"{length} bytes");
    }

    [Fact]
    public void Anything_else_is_at_fault_as_soon_as_it_shows()
    {
        Read([0x16]).AtFault.ShouldBeTrue("TLS");
        Read("GET / HTTP/1.1\r\n"u8.ToArray()).AtFault.ShouldBeTrue("HTTP");
        Read("PROXY TCP4 203.0.113.9 203.0.113.1 50000 443\r\n"u8.ToArray()).AtFault.ShouldBeTrue("version 1");
        Read(With(Four, 12, 0x11)).AtFault.ShouldBeTrue("another version");
        Read(With(Four, 12, 0x22)).AtFault.ShouldBeTrue("an unknown command");
        Read(With(Four, 13, 0x12)).AtFault.ShouldBeTrue("UDP");
        Read(With(Four, 13, 0x00)).AtFault.ShouldBeTrue("no family");
        Read(With(Four, 13, 0x21)).AtFault.ShouldBeTrue("too short for its family");
        Read(With(Four, 14, 0xff)).AtFault.ShouldBeTrue("too long");
        Read(With(Four, 0, (byte)'G')).AtFault.ShouldBeTrue("another beginning");
    }

    private static byte[] With(byte[] header, int at, byte value)
    {
        var changed = header.ToArray();
        changed[at] = value;
        return changed;
    }

    private static (IPEndPoint? Source, int Length, bool AtFault) Read(byte[] bytes)
    {
        var header = ProxyHeader.Read(new ReadOnlySequence<byte>(bytes), out var atFault);
        return (header?.Source, header?.Length ?? 0, atFault);
    }
}
