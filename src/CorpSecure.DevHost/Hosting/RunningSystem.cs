using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Pki;
using CorpSecure.DevHost.Postgres;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Hosting;

/// <summary>The whole system, from nothing to serving: database, migrations, demo data, servers. Disposing stops it.</summary>
public sealed class RunningSystem : IAsyncDisposable
{
    private readonly DataDirectory data;
    private readonly Action<string> say;
    private readonly Supervisor supervisor;
    private PostgresServer? server;
    private DemoMaterial? material;
    private ReadinessProbe? probe;

    private RunningSystem(DataDirectory data, Supervisor supervisor, Action<string> say)
    {
        this.data = data;
        this.supervisor = supervisor;
        this.say = say;
    }

    public DataDirectory Data => data;

    /// <summary>The private cluster, which a tour may stop and start; null when the server is somebody else's.</summary>
    public PostgresCluster? Cluster => server as PostgresCluster;

    public DemoDocument Demo { get; private set; } = null!;

    public static async Task<RunningSystem> StartAsync(DevHostOptions options, BuildOutput build, TimeProvider time, Action<string> say, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var system = new RunningSystem(DataDirectory.Open(options.DataDirectory), new Supervisor(time), say);
        try
        {
            await system.StartAsync(options, build, time, cancellation);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends only by an exception: a part died, the database died, or it was cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        var parts = supervisor.WatchAsync(cancellation);
        var database = Cluster?.Crashed ?? Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        if (await Task.WhenAny(parts, database) == parts)
            await parts;
        cancellation.ThrowIfCancellationRequested();
        throw new PartFailedException("PostgreSQL", "ended", Cluster!.LogFile);
    }

    public async ValueTask DisposeAsync()
    {
        await supervisor.StopAsync(say);
        await supervisor.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        probe?.Dispose();
        material?.Authority.Dispose();
        data.Dispose();
    }

    private async Task StartAsync(DevHostOptions options, BuildOutput build, TimeProvider time, CancellationToken cancellation)
    {
        var ports = new PortPlan(options.PortOffset);
        var configured = options.Postgres ?? Environment.GetEnvironmentVariable(PostgresServer.ConfiguredBy);
        var policy = Path.Combine(Path.GetDirectoryName(build.Assembly("CorpSecure.Gateway"))!, "policy.json");
        await ports.EnsureFreeAsync(withPostgres: string.IsNullOrWhiteSpace(configured), time, cancellation);
        if (options.Reset)
            data.Reset();

        material = await DemoMaterial.PrepareAsync(data, time, cancellation);
        server = await StartPostgresAsync(ports, configured, time, cancellation);
        if (options.Reset && server is ConfiguredPostgres)
            await server.DropDatabaseAsync(DatabaseLogins.Database, cancellation);

        var files = new PartFiles(data.Config);
        var placement = Placement.Loopback(ports, callLog: Path.Combine(data.Logs, "core-calls.jsonl"));
        var configurations = new PartConfigurations(placement, files, material, server);
        await configurations.WriteAsync(policy, cancellation);
        say("Preparing the database ...");
        await new DatabasePreparation(data, build, material, server, files).RunAsync(cancellation);

        say("Starting the servers ...");
        probe = new ReadinessProbe(material.Authority);
        foreach (var part in new DemoParts(data, ports, build, material, configurations, probe).All)
            await supervisor.StartAsync(part);
        await supervisor.WaitUntilReadyAsync(cancellation);
        Demo = DemoDocument.Make(placement.Addresses, material, server, ProcessIds());
        await JsonFile.WriteAsync(data.PaymentFile, PaymentExample.Make(), cancellation);
        await JsonFile.WriteAsync(data.DemoFile, Demo, cancellation);
    }

    private async Task<PostgresServer> StartPostgresAsync(PortPlan ports, string? configured, TimeProvider time, CancellationToken cancellation)
    {
        var certificate = material!.Certificates["postgres"];
        say("Starting PostgreSQL ...");
        return await PostgresServer.StartAsync(
            new PostgresClusterOptions
            {
                Directory = data.Postgres,
                Port = ports.Postgres,
                ServerCertificate = new ServerCertificate(certificate.CertificateFile, certificate.KeyFile, material.Authority.CertificateFile),
                Time = time,
                Say = say,
            },
            cancellation,
            configured);
    }

    private Dictionary<string, int> ProcessIds()
    {
        var ids = supervisor.ProcessIds.ToDictionary();
        if (Cluster?.ProcessId is { } postgres)
            ids["postgres"] = postgres;
        return ids;
    }
}
