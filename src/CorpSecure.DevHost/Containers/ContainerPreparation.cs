using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Containers;

/// <summary>What has to be there before the containers serve: files before the database runs, rows once it does. Both may run again.</summary>
internal sealed class ContainerPreparation(Volumes volumes, TimeProvider time)
{
    // In the gateway's image, beside its program.
    private const string PolicyFile = "/app/policy.json";

    // To connect. A machine that starts everything at once is slow once.
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    /// <summary>Certificates, keys, passwords and configurations, each container's into its own folder.</summary>
    public async Task MakeFilesAsync(PublishedAddresses published, CancellationToken cancellation)
    {
        using var data = DataDirectory.Open(volumes.Authority);
        var material = await DemoMaterial.PrepareAsync(data, time, published.HostsOf, cancellation, Volumes.Valkey);
        using var authority = material.Authority;
        await using var server = new ContainerPostgres(material, Usual);
        var placement = published.Placement;
        var (administrator, users, shared) = (server.AdministratorPassword, SharedLimits.Users(material), SharedLimits.Password(material));
        await material.Secrets.SaveAsync(cancellation);

        var files = new VolumeFiles(volumes);
        await new PartConfigurations(placement, files, material, server).WriteAsync(PolicyFile, cancellation);
        files.SeenBy(Volumes.Balancer, authority.CertificateFile);
        files.SeenBy(Volumes.Postgres, material.Certificates["postgres"].CertificateFile);
        files.SeenBy(Volumes.Postgres, material.Certificates["postgres"].KeyFile);
        files.SeenBy(Volumes.Valkey, material.Certificates[Volumes.Valkey].CertificateFile);
        files.SeenBy(Volumes.Valkey, material.Certificates[Volumes.Valkey].KeyFile);
        await files.CopyAsync(cancellation);
        await files.WriteAsync(Volumes.Postgres, "administrator", administrator, cancellation);
        await files.WriteAsync(Volumes.Postgres, "pg_hba.conf", ContainerPostgres.Access, cancellation);
        await files.WriteAsync(Volumes.Valkey, "users.acl", users, cancellation);
        await files.WriteAsync(PartConfigurations.Gateway, "shared-limits-password", shared, cancellation);

        // For the imports, which read them here.
        await new PartConfigurations(placement, new PartFiles(data.Config), material, server).WriteAsync(PolicyFile, cancellation);
        await DemoExport.WriteAsync(data, placement.Addresses, material, cancellation);
    }

    /// <summary>Roles, schemas, passwords, demo users and registry, as an administrator of the database.</summary>
    public async Task FillDatabaseAsync(BuildOutput programs, CancellationToken cancellation)
    {
        using var data = DataDirectory.Open(volumes.Authority);
        var material = await DemoMaterial.PrepareAsync(data, time, cancellation);
        using var authority = material.Authority;
        await using var server = new ContainerPostgres(material, Patient);
        await new DatabasePreparation(data, programs, material, server, new PartFiles(data.Config)).RunAsync(cancellation);
    }
}
