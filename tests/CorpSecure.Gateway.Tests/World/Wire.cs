using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>A connection on which a test writes every byte itself.</summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly SslStream tls;

    private Wire(Socket socket, SslStream tls)
    {
        this.socket = socket;
        this.tls = tls;
    }

    public static async Task<Wire> OpenAsync(GatewayWorld world, int? port = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port ?? world.ApiPort);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = world.Surroundings.Authority.ChainPolicy,
            ClientCertificates = port == world.OpsPort ? [] : [world.Surroundings.LoadedClientCertificate], // the ops door asks for none
        });
        return new Wire(socket, tls);
    }

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<WireAnswer> ExchangeAsync(GatewayWorld world, string text, int? port = null, bool head = false)
    {
        await using var wire = await OpenAsync(world, port);
        await wire.SendAsync(text);
        return await wire.ReadAsync(head);
    }

    /// <summary>The head of a request as it goes over the wire, without the blank line at its end.</summary>
    public static string Head(HttpRequestMessage request) => new StringBuilder($"{request.Method} {request.RequestUri!.PathAndQuery} HTTP/1.1\r\nHost: {request.RequestUri.Authority}\r\n")
        .AppendJoin("", request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .Where(header => header.Key != "Content-Length").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\r\n"))
        .ToString();

    public async Task SendAsync(string text)
    {
        await tls.WriteAsync(Encoding.Latin1.GetBytes(text));
        await tls.FlushAsync();
    }

    /// <summary>As much as the server takes: it may have refused already.</summary>
    public async Task TrySendAsync(string text)
    {
        try
        {
            await SendAsync(text);
        }
        catch (IOException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.Shutdown or SocketError.ConnectionReset })
        {
            return; // the answer says why
        }
    }

    public async Task<WireAnswer> ReadAsync(bool head = false) =>
        await TryReadAsync(head) is { } answer ? answer : throw new IOException("The connection ended without an answer.");

    /// <summary>Every answer until the server closes the connection, which it must.</summary>
    public async Task<List<WireAnswer>> ReadToEndAsync()
    {
        var answers = new List<WireAnswer>();
        while (await TryReadAsync() is { } answer)
            answers.Add(answer);
        return answers;
    }

    /// <summary>Whatever comes, until the server closes the connection.</summary>
    public async Task SkipToEndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var one = new byte[1];
        while (await ReadByteAsync(one, patience.Token) > 0)
        {
        }
    }

    /// <returns>Null where the server has closed the connection.</returns>
    public async Task<WireAnswer?> TryReadAsync(bool headOnly = false)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        if (await ReadHeadAsync(patience.Token) is not { } head)
            return null;
        var lines = head.Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var body = headOnly ? [] : headers["Transfer-Encoding"].Any() ? await ReadChunksAsync(patience.Token) : await ReadBodyAsync(headers, patience.Token);
        return new WireAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body.Length == 0 ? null : JsonDocument.Parse(body).RootElement);
    }

    /// <summary>Says that nothing more will be sent, and still listens.</summary>
    public async Task FinishAsync()
    {
        await tls.ShutdownAsync();
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Breaks off without a word.</summary>
    public void Abort() => socket.Close(0);

    public async ValueTask DisposeAsync() => await tls.DisposeAsync();

    private async Task<byte[]> ReadBodyAsync(ILookup<string, string> headers, CancellationToken patience)
    {
        var body = new byte[headers["Content-Length"].FirstOrDefault() is { } length ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await tls.ReadExactlyAsync(body, patience);
        return body;
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken patience)
    {
        var body = new List<byte>();
        while (true)
        {
            var size = int.Parse((await ReadUntilAsync("\r\n", patience))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var chunk = new byte[size + 2];
            await tls.ReadExactlyAsync(chunk, patience);
            if (size == 0)
                return [.. body];
            body.AddRange(chunk[..^2]);
        }
    }

    private Task<string?> ReadHeadAsync(CancellationToken patience) => ReadUntilAsync("\r\n\r\n", patience);

    private async Task<string?> ReadUntilAsync(string end, CancellationToken patience)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await ReadByteAsync(one, patience) == 0)
                return head.Length == 0 ? null : throw new IOException($"The connection ended after: {head}");
            head.Append((char)one[0]);
        }

        return head.ToString()[..^end.Length];
    }

    // Bytes that were not read before the server closed turn its goodbye into a reset.
    private async Task<int> ReadByteAsync(Memory<byte> one, CancellationToken patience)
    {
        try
        {
            return await tls.ReadAsync(one, patience);
        }
        catch (IOException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return 0;
        }
    }
}

public sealed record WireAnswer(int Status, ILookup<string, string> Headers, JsonElement? Body)
{
    public string? Code => Body?.GetProperty("code").GetString();

    public Guid DecisionId => Guid.Parse(Headers["Corpsecure-Decision-Id"].Single());
}
