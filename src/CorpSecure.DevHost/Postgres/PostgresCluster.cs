using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CorpSecure.DevHost.Processes;
using Npgsql;

namespace CorpSecure.DevHost.Postgres;

/// <summary>
/// A private PostgreSQL on loopback, tied to this process: it stops when disposed and cannot outlive us.
/// A temporary one (no directory) is ready in about two seconds and leaves nothing behind.
/// </summary>
public sealed class PostgresCluster : PostgresServer
{
    private const string Admin = "postgres";
    private const int Attempts = 5;

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);

    private readonly PostgresClusterOptions options;
    private readonly PostgresInstallation installation;
    private readonly ClusterHome home;
    private readonly string password;
    private readonly SemaphoreSlim gate = new(1);
    private readonly TaskCompletionSource crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TetheredProcess? postmaster;
    private bool stopping;

    private PostgresCluster(PostgresClusterOptions options, PostgresInstallation installation, ClusterHome home, string password)
    {
        this.options = options;
        this.installation = installation;
        this.home = home;
        this.password = password;
        Port = options.Port;
    }

    public int Port { get; private set; }

    /// <summary>Null while stopped.</summary>
    public int? ProcessId => postmaster?.Id;

    public bool IsRunning => postmaster is { HasExited: false };

    public string DataDirectory => home.Data;

    public string LogFile => home.Log;

    public override string AdminConnectionString
    {
        get
        {
            var text = new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = Port,
                Database = "postgres",
                Username = Admin,
                Password = password,
                SslMode = SslMode.Disable,
            };
            if (options.ServerCertificate is { } certificate)
            {
                text.SslMode = SslMode.VerifyFull;
                text.RootCertificate = certificate.AuthorityFile;
            }
            return text.ConnectionString;
        }
    }

    /// <summary>Makes the cluster unless it is there, and starts it.</summary>
    /// <exception cref="PostgresMissingException">There is no PostgreSQL and none can be installed.</exception>
    /// <exception cref="PostgresStartException">The server did not start; the message holds its last words.</exception>
    public static async Task<PostgresCluster> StartAsync(PostgresClusterOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var installation = await PostgresInstallation.FindOrInstallAsync(options.Say, cancellation);
        var home = options.Directory is null ? ClusterHome.Temporary() : await ClusterHome.AtAsync(options.Directory, options.Say, cancellation);
        var password = await PrivateFile.ReadOrMakeAsync(home.PasswordFile, () => RandomNumberGenerator.GetHexString(32, lowercase: true), cancellation);
        var cluster = new PostgresCluster(options, installation, home, password);
        try
        {
            await new ClusterMaker(installation, home).MakeAsync(Admin, password, durable: options.Directory is not null, cancellation);
            await cluster.StartAsync(cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the stopped server again, on the port it had.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (!IsRunning)
                await LaunchAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task StopAsync(StopMode mode = StopMode.Fast, CancellationToken cancellation = default)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (postmaster is null)
                return;
            stopping = true;
            await postmaster.StopAsync(SignalFor(mode), StopGrace, options.Time);
            postmaster.Dispose();
            postmaster = null;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task RestartAsync(StopMode mode = StopMode.Fast, CancellationToken cancellation = default)
    {
        await StopAsync(mode, cancellation);
        await StartAsync(cancellation);
    }

    /// <summary>Completes when the server ends without having been asked to.</summary>
    public Task Crashed => crashed.Task;

    /// <summary>Stops the server; deletes it when it was a temporary one.</summary>
    public override async ValueTask DisposeAsync()
    {
        var temporary = options.Directory is null;
        await StopAsync(temporary ? StopMode.Immediate : StopMode.Fast);
        if (temporary)
            home.Delete();
    }

    private async Task LaunchAsync(CancellationToken cancellation)
    {
        await ClusterReadiness.WaitForPredecessorAsync(home, StopGrace, options.Time, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            var port = Port == 0 ? FreePort() : Port;
            await new ClusterMaker(installation, home).ConfigureAsync(port, options, cancellation);
            postmaster = await TetheredProcess.StartAsync(new TetheredCommand(installation.Server, ["-D", home.Data])
            {
                LogFile = home.Log,
                WorkingDirectory = home.Data,
                Account = home.Account,
                // As good as a fast shutdown gets when nobody is left to wait for it.
                OnOrphaned = Signal.Interrupt,
            });
            if (await ClusterReadiness.WaitAsync(postmaster, home, options.StartLimit, options.Time, cancellation))
            {
                Port = port;
                stopping = false;
                _ = ReportCrashAsync(postmaster);
                return;
            }

            // Between choosing a free port and binding it, somebody else may have come first.
            var lastWords = ClusterReadiness.LastWords(home);
            await postmaster.StopAsync(Signal.Quit, StopGrace, options.Time);
            postmaster.Dispose();
            postmaster = null;
            if (Port != 0 || attempt == Attempts || !lastWords.Contains("could not bind", StringComparison.Ordinal))
                throw new PostgresStartException(port, lastWords);
        }
    }

    private async Task ReportCrashAsync(TetheredProcess started)
    {
        await started.WaitForExitAsync(CancellationToken.None);
        if (!stopping)
            crashed.TrySetResult();
    }

    private static Signal SignalFor(StopMode mode) => mode switch
    {
        StopMode.Smart => Signal.Terminate,
        StopMode.Fast => Signal.Interrupt,
        StopMode.Immediate => Signal.Quit,
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
