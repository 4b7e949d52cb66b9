using System.Buffers;
using System.Text;
using CorpSecure.Gateway.FrontDoor;
using CsCheck;

namespace CorpSecure.Gateway.Tests.FrontDoor;

public sealed class MessageScannerTests
{
    private const string Head = "POST / HTTP/1.1\r\nHost: a\r\n";

    /// <summary>Pieces of messages, good and bad; a few of them in a row are a stream.</summary>
    private static readonly string[] Pieces =
    [
        Head, "GET / HTTP/1.1\r\n", "Content-Length: 5\r\n\r\nhello", "Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n", "0\r\nX: y\r\n\r\n", "0\r\n\r\n", "\r\n", "X: y\r\n", "Content-Length: +5\r\n", "5;a=b\r\n", "\n", "\r", "X: y\n",
        "Transfer-Encoding: gzip\r\n\r\n", "GET  / HTTP/1.1\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", "ffffffff1\r\n", "\0",
    ];

    private static readonly Gen<byte[]> Streams = Gen.Int[0, Pieces.Length - 1].Array[1, 8]
        .Select(pieces => Encoding.Latin1.GetBytes(string.Concat(pieces.Select(piece => Pieces[piece]))));

    [Fact]
    public void Bytes_have_the_same_verdict_however_they_are_split() =>
        Gen.Select(Streams, Gen.Int[1, 40].Array[1, 12]).Sample((bytes, cuts) => Verdict(bytes, [bytes.Length]) == Verdict(bytes, cuts), iter: 20_000);

    [Fact]
    public void A_verdict_is_seen_to_depend_on_a_byte() =>
        Verdict(Encoding.Latin1.GetBytes($"{Head}Content-Length: 05\r\n\r\nhello"), [99]).Refused
            .ShouldNotBe(Verdict(Encoding.Latin1.GetBytes($"{Head}Content-Length: +5\r\n\r\nhello"), [99]).Refused);

    [Fact]
    public void A_good_message_costs_no_memory()
    {
        var message = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes($"{Head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
        var scanner = new MessageScanner();
        scanner.Take(message).ShouldBe(message.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            scanner.Take(message);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    /// <summary>As the reader calls it: what was taken is consumed, the rest is seen again with more behind it.</summary>
    private static (bool Refused, bool Over, long Taken) Verdict(byte[] bytes, int[] cuts)
    {
        var scanner = new MessageScanner();
        long taken = 0;
        var end = 0;
        for (var i = 0; end < bytes.Length && !scanner.IsOver; i++)
        {
            end = Math.Min(bytes.Length, end + cuts[i % cuts.Length]);
            taken += scanner.Take(InTwo(bytes.AsMemory((int)taken..end), cuts[0]));
        }

        return (scanner.IsRefused, scanner.IsOver, taken);
    }

    private static ReadOnlySequence<byte> InTwo(ReadOnlyMemory<byte> bytes, int at)
    {
        if (bytes.Length <= at)
            return new ReadOnlySequence<byte>(bytes);
        var first = new Segment(bytes[..at]);
        return new ReadOnlySequence<byte>(first, 0, first.Before(bytes[at..]), bytes.Length - at);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> bytes) => Memory = bytes;

        public Segment Before(ReadOnlyMemory<byte> bytes)
        {
            var next = new Segment(bytes) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
