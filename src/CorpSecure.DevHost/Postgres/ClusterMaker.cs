using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Postgres;

/// <summary>initdb, once; the configuration, at every start.</summary>
internal sealed class ClusterMaker(PostgresInstallation installation, ClusterHome home)
{
    public async Task MakeAsync(string admin, string password, bool durable, CancellationToken cancellation)
    {
        if (home.IsInitialised)
            return;
        var passwordFile = Path.Combine(home.Run, "admin.password");
        await home.WritePrivateAsync(passwordFile, password + "\n", cancellation);
        try
        {
            // A temporary cluster need not survive the machine, so its first files are not flushed one by one.
            string[] speed = durable ? [] : ["--no-sync"];
            await new Command(installation.InitDb,
            [
                "--pgdata", home.Data, "--username", admin, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C", "--no-instructions", .. speed,
            ])
            {
                Account = home.Account,
                WorkingDirectory = home.Run,
            }.RunOrThrowAsync(cancellation);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    public async Task ConfigureAsync(int port, PostgresClusterOptions options, CancellationToken cancellation)
    {
        var tls = options.ServerCertificate is not null;
        if (options.ServerCertificate is { } certificate)
        {
            await CopyAsync(certificate.CertificateFile, "corpsecure.crt", cancellation);
            await CopyAsync(certificate.KeyFile, "corpsecure.key", cancellation);
        }
        // The last of the files PostgreSQL reads, and one it only writes itself on ALTER SYSTEM.
        var settings = ClusterSettings.Server(port, home.SocketDirectory(port), options.MaxConnections, tls);
        await home.WritePrivateAsync(Path.Combine(home.Data, "postgresql.auto.conf"), settings, cancellation);
        await home.WritePrivateAsync(Path.Combine(home.Data, "pg_hba.conf"), ClusterSettings.Access(tls), cancellation);
    }

    private async Task CopyAsync(string source, string name, CancellationToken cancellation) =>
        await home.WritePrivateAsync(Path.Combine(home.Data, name), await File.ReadAllTextAsync(source, cancellation), cancellation);
}
