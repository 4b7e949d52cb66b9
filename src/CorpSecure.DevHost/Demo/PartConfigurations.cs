using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Postgres;

namespace CorpSecure.DevHost.Demo;

/// <summary>The configuration of every part.</summary>
internal sealed class PartConfigurations(DataDirectory data, PortPlan ports, DemoMaterial material, PostgresServer server)
{
    private const string Loopback = "127.0.0.1";

    public static string Origin(int port) => $"https://localhost:{port}";

    public string FileOf(string part) => Path.Combine(data.Config, part + ".json");

    public async Task WriteAsync(string policyFile, CancellationToken cancellation)
    {
        await WriteAsync("core-bank", CoreBank(), cancellation);
        await WriteAsync("identity-corporate", Identity("corporate", "corpsecure-gateway", "corporate", ports.IdentityCorporate), cancellation);
        await WriteAsync("identity-staff", Identity("staff", "corpsecure-ops", "ops", ports.IdentityStaff), cancellation);
        await WriteAsync("gateway", Gateway(policyFile), cancellation);
    }

    private Task WriteAsync(string part, object configuration, CancellationToken cancellation) =>
        JsonFile.WriteConfigurationAsync(FileOf(part), configuration, cancellation);

    private object CoreBank() => new
    {
        Listener = Listener("core-bank", ports.Core, material.Authority.CertificateFile),
        Control = new { Port = ports.CoreControl, Token = material.CoreControlToken },
        Assertion = new { JwksFile = material.AssertionJwksFile, Audience = "core-bank", Issuer = "corpsecure-gateway" },
        CallLog = new { File = Path.Combine(data.Logs, "core-calls.jsonl") },
    };

    private object Identity(string realm, string audience, string scope, int port) => new
    {
        Identity = new
        {
            Realm = realm,
            Issuer = Origin(port) + "/",
            Audience = audience,
            Scope = scope,
            SigningKeyFile = material.IssuerKeyFile(realm),
            EncryptionKeyFile = material.IssuerEncryptionKeyFile(realm),
            AccessTokenLifetime = "00:10:00",
        },
        Listener = Listener($"identity-{realm}", port),
        Database = Database(DatabaseLogins.Of(realm)),
        Ledger = Ledger($"identity-{realm}-1"),
    };

    private object Gateway(string policyFile) => new
    {
        Gateway = new
        {
            PolicyFile = policyFile,
            Origin = Origin(ports.Gateway),
            OpsOrigin = Origin(ports.Ops),
            AssertionKeyFile = material.AssertionKeyFile,
            AssertionKeyId = DemoMaterial.AssertionKeyId,
            DrainDelay = "00:00:00", // no balancer is in front of it
        },
        Listeners = new
        {
            Api = Listener("gateway", ports.Gateway, material.Authority.CertificateFile),
            Ops = Listener("ops", ports.Ops),
        },
        Issuers = new
        {
            Corporate = new { Issuer = Origin(ports.IdentityCorporate) + "/", Audience = "corpsecure-gateway", CaFile = material.Authority.CertificateFile },
            Staff = new { Issuer = Origin(ports.IdentityStaff) + "/", Audience = "corpsecure-ops", CaFile = material.Authority.CertificateFile },
        },
        Core = new
        {
            Destinations = new[] { Origin(ports.Core) },
            CaFile = material.Authority.CertificateFile,
            ClientCertificateFile = material.Certificates["gateway-client"].CertificateFile,
            ClientKeyFile = material.Certificates["gateway-client"].KeyFile,
            ActivityTimeout = "00:00:10",
        },
        Database = Database(DatabaseLogins.Gateway),
        Ledger = Ledger("gateway-1"),
        TrustedProxies = new { Networks = Array.Empty<string>() },
    };

    private Dictionary<string, object> Listener(string certificate, int port, string? clientCaFile = null)
    {
        var listener = new Dictionary<string, object>
        {
            ["Address"] = Loopback,
            ["Port"] = port,
            ["CertificateFile"] = material.Certificates[certificate].CertificateFile,
            ["KeyFile"] = material.Certificates[certificate].KeyFile,
        };
        if (clientCaFile is not null)
            listener["ClientCaFile"] = clientCaFile;
        return listener;
    }

    private object Database(string role) => new { ConnectionString = DatabaseLogins.Connection(server, material, role) };

    private object Ledger(string replica) => new { Replica = replica, material.MasterKeyFile };
}
