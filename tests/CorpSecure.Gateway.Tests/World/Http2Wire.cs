using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>An HTTP/2 connection on which a test writes every frame itself (RFC 9113). Headers go as literals without indexing (RFC 7541 section 6.2.2).</summary>
public sealed class Http2Wire : IAsyncDisposable
{
    public const byte Data = 0, Headers = 1, Priority = 2, Reset = 3, SettingsFrame = 4, Push = 5, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;
    public const byte EndStream = 1, Ack = 1, EndHeaders = 4, Padded = 8, Prioritized = 32;

    private readonly SslStream tls;

    private Http2Wire(SslStream tls) => this.tls = tls;

    public static async Task<Http2Wire> OpenAsync(GatewayWorld world, params byte[] settings)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", world.ApiPort);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = world.Surroundings.Authority.ChainPolicy,
            ClientCertificates = [world.Surroundings.LoadedClientCertificate],
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        });
        tls.NegotiatedApplicationProtocol.ShouldBe(SslApplicationProtocol.Http2);
        await tls.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        var wire = new Http2Wire(tls);
        await wire.SendAsync(Frame(SettingsFrame, 0, 0, settings));
        return wire;
    }

    public static byte[] Frame(byte type, byte flags, int stream, params byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    public static byte[] Block(params IEnumerable<(string Name, string Value)> headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0);
            Text(block, name);
            Text(block, value);
        }

        return [.. block];
    }

    public static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>As much as the server takes: it may break off in the middle.</summary>
    public async Task SendAsync(params IEnumerable<byte[]> frames)
    {
        try
        {
            foreach (var frame in frames)
                await tls.WriteAsync(frame);
            await tls.FlushAsync();
        }
        catch (IOException error) when (error.InnerException is SocketException)
        {
            broken = true;
        }
    }

    /// <returns>What became of a stream: its status, or <c>reset</c>, <c>goaway</c> or <c>closed</c>.</returns>
    public async Task<string> OutcomeAsync(int stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await ReadAsync(patience.Token) is var (type, id, payload))
        {
            if (type == GoAway && BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4)) != 0)
                return "goaway";
            if (type == Reset && id == stream)
                return "reset";
            if (type == Headers && id == stream)
                return Status(payload);
        }

        return "closed";
    }

    public async ValueTask DisposeAsync() => await tls.DisposeAsync();

    private bool broken;

    private async Task<(byte Type, int Stream, byte[] Payload)?> ReadAsync(CancellationToken patience)
    {
        try
        {
            var head = new byte[9];
            await tls.ReadExactlyAsync(head, patience);
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
            await tls.ReadExactlyAsync(payload, patience);
            if (head[3] == SettingsFrame && head[4] != Ack && !broken)
                await SendAsync(Frame(SettingsFrame, Ack, 0));
            return (head[3], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // RFC 7541 appendix A: entries 8 to 14 are statuses; others come as text under the name of entry 8.
    private static string Status(byte[] block) => (block[0] & 0x80) != 0
        ? new[] { "200", "204", "206", "304", "400", "404", "500" }[(block[0] & 0x7F) - 8]
        : Encoding.ASCII.GetString(block, 2, 3);

    private static void Text(List<byte> block, string text)
    {
        var rest = text.Length - 127;
        block.Add((byte)Math.Min(text.Length, 127));
        for (; rest >= 128; rest >>= 7)
            block.Add((byte)(rest & 0x7F | 0x80));
        if (text.Length >= 127)
            block.Add((byte)rest);
        block.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
