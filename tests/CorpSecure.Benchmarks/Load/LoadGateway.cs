using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CorpSecure.DevHost;
using CorpSecure.DevHost.Postgres;
using CorpSecure.Gateway.Commands;
using CorpSecure.Gateway.Registry;
using Npgsql;

namespace CorpSecure.Benchmarks.Load;

/// <summary>The real gateway in its own process, on a migrated PostgreSQL over TLS, with limits that the load does not meet.</summary>
internal static class LoadGateway
{
    private const string Password = "for-this-run-only";

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static async Task<PostgresCluster> PrepareDatabaseAsync(string folder, LoadCertificates certificates, LoadUser[] users, CancellationToken cancellation)
    {
        var postgres = await PostgresCluster.StartAsync(
            new PostgresClusterOptions
            {
                Directory = Path.Combine(folder, "postgres"),
                ServerCertificate = new ServerCertificate(certificates.Server.CertificateFile, certificates.Server.KeyFile, certificates.AuthorityFile),
            },
            cancellation);
        var administrator = await postgres.CreateDatabaseAsync("corpsecure", cancellation);
        await GatewayCommands.MigrateAsync(administrator, cancellation);
        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync(cancellation);
        await using var password = new NpgsqlCommand($"alter role corpsecure_gateway password '{Password}'", connection);
        await password.ExecuteNonQueryAsync(cancellation);

        var registryFile = Path.Combine(folder, "registry.json");
        await File.WriteAllTextAsync(registryFile, LoadUser.Registry(users), cancellation);
        await using var registry = new RegistryContext(RegistryContext.Options(administrator));
        await RegistryImport.RunAsync(registryFile, registry, cancellation);
        return postgres;
    }

    public static async Task<MeasuredServer> StartAsync(
        string folder, LoadCertificates certificates, PostgresCluster postgres, string issuer, int port, int corePort, CancellationToken cancellation)
    {
        var output = OutputFolder();
        folder = Directory.CreateDirectory(Path.Combine(folder, "gateway")).FullName; // of its own: nothing else changes beside what it watches
        var masterKeyFile = await WritePrivateAsync(folder, "master.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), cancellation);
        using var assertionKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var assertionKeyFile = await WritePrivateAsync(folder, "assertion.key", assertionKey.ExportPkcs8PrivateKeyPem(), cancellation);
        var policyFile = Path.Combine(folder, "policy.json");
        await File.WriteAllTextAsync(policyFile, RoomyPolicy(Path.Combine(output, "policy.json")), cancellation);
        var opsPort = Ports.Free();
        var (certificate, key) = (certificates.Server.CertificateFile, certificates.Server.KeyFile);
        var configuration = new
        {
            Gateway = new
            {
                PolicyFile = policyFile,
                Origin = $"https://localhost:{port}",
                OpsOrigin = $"https://localhost:{opsPort}",
                AssertionKeyFile = assertionKeyFile,
                AssertionKeyId = "gateway-1",
            },
            Listeners = new
            {
                Api = new { Port = port, CertificateFile = certificate, KeyFile = key, ClientCaFile = certificates.AuthorityFile },
                Ops = new { Port = opsPort, CertificateFile = certificate, KeyFile = key },
            },
            Issuers = new
            {
                Corporate = new { Issuer = issuer, CaFile = certificates.AuthorityFile },
                Staff = new { Issuer = issuer + "staff/", CaFile = certificates.AuthorityFile },
            },
            Core = new
            {
                Destinations = new[] { $"https://localhost:{corePort}" },
                CaFile = certificates.AuthorityFile,
                ClientCertificateFile = certificates.ClientFiles.CertificateFile,
                ClientKeyFile = certificates.ClientFiles.KeyFile,
            },
            Database = new { ConnectionString = postgres.ConnectionString("corpsecure", "corpsecure_gateway", Password) },
            Ledger = new { Replica = "gateway-1", MasterKeyFile = masterKeyFile },
        };
        var file = await WritePrivateAsync(folder, "gateway.json", JsonSerializer.Serialize(configuration), cancellation);
        return await MeasuredServer.StartAsync("gateway", port, folder, "dotnet", [Path.Combine(output, "CorpSecure.Gateway.dll"), "--config", file]);
    }

    /// <summary>The gateway's own build output, of the configuration that this program was built with.</summary>
    private static string OutputFolder()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var root = own.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "src", "CorpSecure.Gateway", "bin", own.Parent.Name, own.Name);
    }

    /// <summary>The shipped policy with every limit of it, each so wide that the load does not meet it.</summary>
    private static string RoomyPolicy(string shipped)
    {
        var policy = JsonNode.Parse(File.ReadAllText(shipped), documentOptions: WithComments)!;
        foreach (var limit in policy["rateLimits"]!.AsArray())
        {
            foreach (var quantity in (string[])["permits", "burst", "tokensPerPeriod"])
            {
                if (limit![quantity] is not null)
                    limit[quantity] = 1_000_000;
            }
        }

        return policy.ToJsonString();
    }

    private static async Task<string> WritePrivateAsync(string folder, string name, string text, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, name);
        await PrivateFile.WriteAsync(file, text, cancellation);
        return file;
    }
}
