using System.Buffers;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Gateway.FrontDoor;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>The first byte says where to cut the rest: the verdict on a stream of messages does not depend on it.</summary>
internal static class FramingTarget
{
    private static readonly string[] Words =
    [
        "\r\n", "\n", "\r", "\r\n\r\n", "GET / HTTP/1.1\r\n", "Content-Length: ", "Transfer-Encoding: chunked\r\n", ": ", "0\r\n\r\n", "5\r\nhello\r\n", ";", "+5", "-0", "chunked", " ", "\t", "\0", "ffffffff",
    ];

    public static FuzzTarget Create() => new("framing", 40_000, Words, input => Check(input, once: true), input => Check(input, once: false));

    private static void Check(byte[] input, bool once)
    {
        if (input.Length == 0)
            return;
        Holds(Verdict(input[1..], input.Length, once) == Verdict(input[1..], 1 + input[0] % 40, once), "the verdict depends on where it is cut");
    }

    private static (bool Refused, bool Over, long Taken) Verdict(byte[] bytes, int cut, bool once)
    {
        var scanner = new MessageScanner();
        long taken = 0;
        for (var end = 0; end < bytes.Length && !scanner.IsOver;)
        {
            end = Math.Min(bytes.Length, end + cut);
            if (!once)
                scanner = new MessageScanner(); // forgets what came before
            taken += scanner.Take(new ReadOnlySequence<byte>(bytes, (int)taken, end - (int)taken));
        }

        return (scanner.IsRefused, scanner.IsOver, taken);
    }
}
