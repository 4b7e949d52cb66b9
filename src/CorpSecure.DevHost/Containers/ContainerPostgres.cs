using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Postgres;
using Npgsql;

namespace CorpSecure.DevHost.Containers;

/// <summary>PostgreSQL in its container, which need not run yet.</summary>
internal sealed class ContainerPostgres(DemoMaterial material, TimeSpan patience) : PostgresServer
{
    private const int Port = 5432;
    private const string Administrator = "postgres";

    /// <summary>Nobody without a password, and over the network nobody in clear.</summary>
    public const string Access = """
        local   all all     scram-sha-256
        hostssl all all all scram-sha-256

        """;

    public string AdministratorPassword => material.DatabasePassword(Administrator);

    public override string AdminConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = ContainerNames.Postgres,
        Port = Port,
        Username = Administrator,
        Password = AdministratorPassword,
        Database = "postgres",
        SslMode = SslMode.VerifyFull,
        GssEncryptionMode = GssEncryptionMode.Disable, // its library is not in the images, and TLS is there
        Timeout = (int)patience.TotalSeconds,
        RootCertificate = material.Authority.CertificateFile,
    }.ConnectionString;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
