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
        });
        return new Wire(socket, tls);
    }

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<WireAnswer> ExchangeAsync(GatewayWorld world, string text, int? port = null)
    {
        await using var wire = await OpenAsync(world, port);
        await wire.SendAsync(text);
        return await wire.ReadAsync();
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

    public async Task<WireAnswer> ReadAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var head = await ReadHeadAsync(patience.Token);
        var lines = head.Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers["Content-Length"].FirstOrDefault() is { } length ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await tls.ReadExactlyAsync(body, patience.Token);
        return new WireAnswer(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body.Length == 0 ? null : JsonDocument.Parse(body).RootElement);
    }

    /// <summary>Breaks off without a word.</summary>
    public void Abort() => socket.Close(0);

    public async ValueTask DisposeAsync() => await tls.DisposeAsync();

    private async Task<string> ReadHeadAsync(CancellationToken patience)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await tls.ReadAsync(one, patience) == 0)
                throw new IOException($"The connection ended after: {head}");
            head.Append((char)one[0]);
        }

        return head.ToString()[..^4];
    }
}

public sealed record WireAnswer(int Status, ILookup<string, string> Headers, JsonElement? Body)
{
    public string? Code => Body?.GetProperty("code").GetString();

    public Guid DecisionId => Guid.Parse(Headers["Corpsecure-Decision-Id"].Single());
}
