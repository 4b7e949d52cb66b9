using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace CorpSecure.Client.SignIn;

/// <summary>
/// Waits on 127.0.0.1, at a port the system chooses, for the browser to bring back the authorization response
/// (RFC 8252 section 7.3). Whatever is not that response is answered and forgotten: other local programs may knock too.
/// </summary>
public sealed class LoopbackRedirect : IDisposable
{
    private const int HeadLimit = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TimeProvider _time;

    /// <summary>Starts to listen.</summary>
    /// <param name="time">The clock that ends silent connections.</param>
    /// <param name="path">The path of the redirect address, as registered for the client.</param>
    /// <exception cref="SocketException">No port could be opened.</exception>
    public LoopbackRedirect(TimeProvider time, string path = "/callback")
    {
        _time = time;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}");
    }

    /// <summary>The redirect address to ask for.</summary>
    public Uri Address { get; }

    /// <summary>Waits for the response to <paramref name="request"/>.</summary>
    /// <param name="request">The request; a redirect with another <c>state</c> is not its response.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The query of the redirect, for <see cref="AuthorizationRequest.ReadResponse"/>.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<string> WaitAsync(AuthorizationRequest request, CancellationToken cancellationToken = default)
    {
        var answers = Channel.CreateUnbounded<string>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var accepting = AcceptAsync(request, answers.Writer, ended.Token);
        try
        {
            return await answers.Reader.ReadAsync(cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await accepting;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync(AuthorizationRequest request, ChannelWriter<string> answers, CancellationToken ended)
    {
        // Browsers open connections ahead of need and leave them silent, so each has its own task and its own patience.
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync(ended);
                open.RemoveAll(task => task.IsCompleted);
                open.Add(AnswerAsync(connection, request, answers, ended));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            answers.TryComplete(e);
        }
        await Task.WhenAll(open);
    }

    private async Task AnswerAsync(TcpClient connection, AuthorizationRequest request, ChannelWriter<string> answers, CancellationToken ended)
    {
        using (connection)
        using (var silence = new CancellationTokenSource(Patience, _time))
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(ended, silence.Token))
        {
            try
            {
                var stream = connection.GetStream();
                var target = TargetOf(await ReadHeadAsync(stream, stop.Token));
                var query = target is not null && target.StartsWith(Address.AbsolutePath + "?", StringComparison.Ordinal)
                    ? target[(Address.AbsolutePath.Length + 1)..]
                    : null;
                var isAnswer = query is not null && Answers(request, query);
                // Written without the token that the answer itself ends.
                await stream.WriteAsync(isAnswer ? RedirectPage.Done : RedirectPage.NotHere, silence.Token);
                if (isAnswer)
                {
                    answers.TryWrite(query!);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // This connection is over; the response comes on another one.
                _ = e;
            }
        }
    }

    private static bool Answers(AuthorizationRequest request, string query)
    {
        try
        {
            return request.IsAnsweredBy(query);
        }
        catch (SignInException)
        {
            return false;
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken stop)
    {
        var buffer = new byte[HeadLimit];
        var length = 0;
        while (length < HeadLimit)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), stop);
            length += read;
            if (read == 0 || buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                break;
            }
        }
        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private static string? TargetOf(string head) =>
        head.Split("\r\n", 2)[0].Split(' ') is ["GET", var target, "HTTP/1.1" or "HTTP/1.0"] ? target : null;
}
