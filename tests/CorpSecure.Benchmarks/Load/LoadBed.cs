using System.Globalization;
using CorpSecure.DevHost;
using CorpSecure.DevHost.Postgres;
using CorpSecure.Protocol.Dpop;

namespace CorpSecure.Benchmarks.Load;

/// <summary>Everything a run needs, each server a process of its own; disposing stops and deletes it.</summary>
internal sealed class LoadBed : IAsyncDisposable
{
    private const int Users = 50;

    private readonly Stack<IAsyncDisposable> owned = new();
    private readonly string folder = Directory.CreateTempSubdirectory("corpsecure-load-").FullName;

    private LoadBed()
    {
    }

    public LoadCertificates Certificates { get; private set; } = null!;

    public LoadRequests Requests { get; private set; } = null!;

    public MeasuredServer Core { get; private set; } = null!;

    public MeasuredServer Bare { get; private set; } = null!;

    /// <summary>Null where it is not installed.</summary>
    public MeasuredServer? Nginx { get; private set; }

    public MeasuredServer Gateway { get; private set; } = null!;

    public ProcessorTime Postgres { get; private set; } = null!;

    /// <summary>Where the database writes, for measuring what a write costs there.</summary>
    public string DatabaseFolder => folder;

    public static async Task<LoadBed> StartAsync(CancellationToken cancellation)
    {
        var bed = new LoadBed();
        try
        {
            await bed.PrepareAsync(cancellation);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (owned.TryPop(out var part))
            await part.DisposeAsync();
        Certificates?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        File.SetUnixFileMode(folder, Modes.Traversable); // the database's account passes through it
        Certificates = await LoadCertificates.MakeAsync(Path.Combine(folder, "pki"), cancellation);
        var users = LoadUser.Make(Users);
        var issuer = Own(await LoadIssuer.StartAsync(Ports.Free(), Certificates, cancellation));
        foreach (var user in users)
            (user.CertificateToken, user.KeyToken) = (issuer.Token(user, "x5t#S256", Certificates.ClientThumbprint), issuer.Token(user, "jkt", DpopProof.Thumbprint(user.DpopKey)));

        Core = Own(await ChildAsync("core", ServerModes.Core, Ports.Free()));
        Bare = Own(await ChildAsync("yarp", ServerModes.Proxy, Ports.Free(), "--core", Text(Core.Port)));
        if (Load.Nginx.Find() is { } program)
        {
            var port = Ports.Free();
            var file = Load.Nginx.WriteConfiguration(folder, port, Core.Port, Certificates);
            Nginx = Own(await MeasuredServer.StartAsync("nginx", port, folder, program, ["-c", file, "-p", folder], withChildren: true));
        }

        var postgres = Own(await LoadGateway.PrepareDatabaseAsync(folder, Certificates, users, cancellation));
        Postgres = new ProcessorTime(postgres.ProcessId!.Value, withChildren: true);
        var gatewayPort = Ports.Free();
        Gateway = Own(await LoadGateway.StartAsync(folder, Certificates, postgres, issuer.Address, gatewayPort, Core.Port, cancellation));
        Requests = new LoadRequests($"https://localhost:{gatewayPort}", users);
    }

    private Task<MeasuredServer> ChildAsync(string name, string mode, int port, params string[] more) => MeasuredServer.StartAsync(
        name, port, folder, Environment.ProcessPath!,
        [
            mode, "--port", Text(port), "--certificate", Certificates.Server.CertificateFile, "--key", Certificates.Server.KeyFile,
            "--client-certificate", Certificates.ClientFiles.CertificateFile, "--client-key", Certificates.ClientFiles.KeyFile, "--ca", Certificates.AuthorityFile, .. more,
        ]);

    private T Own<T>(T part)
        where T : IAsyncDisposable
    {
        owned.Push(part);
        return part;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
