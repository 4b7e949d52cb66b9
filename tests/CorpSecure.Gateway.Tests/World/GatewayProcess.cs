using System.Diagnostics;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>A gateway as a process of its own, on the database of a world and behind the same external origin.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process process;

    private GatewayProcess(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<GatewayProcess> StartAsync(GatewayWorld world, string name, params string[] more)
    {
        var port = FreePort.Take();
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "CorpSecure.Gateway.dll"), .. world.Arguments, $"--Ledger:Replica={name}",
            $"--Listeners:Api:Port={port}", $"--Listeners:Ops:Port={FreePort.Take()}", .. more,
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Application started", StringComparison.Ordinal))
            continue;
        process.HasExited.ShouldBeFalse($"{name} does not start");
        _ = process.StandardOutput.ReadToEndAsync(); // whatever more it says must not fill the pipe
        return new GatewayProcess(process, port);
    }

    public Task<Answer> SendAsync(GatewayWorld world, ARequest request)
    {
        request.ProvenAt = TimeProvider.System.GetUtcNow(); // a process has a clock of its own
        var message = request.Build();
        message.Headers.Host = message.RequestUri!.Authority;
        message.RequestUri = new UriBuilder(message.RequestUri) { Port = Port }.Uri;
        return world.SendAsync(message);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
