using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>A PostgreSQL of the test run's own, in a temporary directory.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"corpsecure-identity-{Guid.NewGuid():N}");
    private readonly int port = FreePort();

    public static async Task<PrivatePostgres> StartAsync()
    {
        var server = new PrivatePostgres();
        Directory.CreateDirectory(server.directory);
        if (Environment.UserName == "root")
            await RunAsync("chown", "postgres", server.directory);
        await AsPostgresAsync("initdb", "-D", server.Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
        await AsPostgresAsync("pg_ctl", "-D", server.Data, "-w", "-s", "-l", Path.Combine(server.directory, "log"),
            "-o", $"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200", "start");
        return server;
    }

    private string Data => Path.Combine(directory, "data");

    public string ConnectionString(string database, string role) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Database = database, Username = role, IncludeErrorDetail = true }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        await AsPostgresAsync("pg_ctl", "-D", Data, "-m", "fast", "-w", "-s", "stop");
        Directory.Delete(directory, recursive: true);
    }

    private static Task AsPostgresAsync(string program, params string[] arguments) =>
        Environment.UserName == "root"
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(Binaries, program), .. arguments])
            : RunAsync(Path.Combine(Binaries, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Output goes nowhere: the server inherits it, and a pipe would wait for the server's end.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} failed");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
