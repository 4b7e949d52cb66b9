using System.Diagnostics;
using System.Net.Sockets;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>A real server of the Redis protocol, of this test's own: it can be stopped, suspended and started again on the same port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "redis-server";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("corpsecure-redis-");
    private readonly string[] more;
    private Process? process;

    private RedisServer(string[] more) => this.more = more;

    public int Port { get; } = FreePort.Take();

    public string Endpoint => $"127.0.0.1:{Port}";

    /// <param name="more">Further arguments; <c>PORT</c> in them becomes its port.</param>
    public static async Task<RedisServer> StartAsync(params string[] more)
    {
        await InstallAsync();
        var server = new RedisServer(more);
        try
        {
            await server.ResumeAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task ResumeAsync()
    {
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory.FullName, "--daemonize", "no"];
        process = Process.Start(new ProcessStartInfo(Program, [.. arguments, .. more.Select(argument => argument.Replace("PORT", $"{Port}", StringComparison.Ordinal))])
        {
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
            continue;
        process.HasExited.ShouldBeFalse();
        _ = process.StandardOutput.ReadToEndAsync(); // whatever more it says must not fill the pipe
    }

    public async Task StopAsync()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>One command, and its answer as it comes.</summary>
    public async Task<string> AskAsync(string command)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(command + "\r\nQUIT\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>It takes commands and answers none.</summary>
    public async Task SuspendAsync()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync("CLIENT PAUSE 3600000 ALL\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldBe("+OK");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        directory.Delete(recursive: true);
    }

    private static async Task InstallAsync()
    {
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Program))))
            return;
        using var apt = Process.Start(new ProcessStartInfo("sh", ["-c", "apt-get update -qq && apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends redis-server"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await Task.WhenAll(apt.StandardOutput.ReadToEndAsync(), apt.StandardError.ReadToEndAsync());
        await apt.WaitForExitAsync();
        apt.ExitCode.ShouldBe(0, "redis-server is needed: apt-get install redis-server");
    }
}
