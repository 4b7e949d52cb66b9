using CorpSecure.DevHost.Postgres;
using Npgsql;

namespace CorpSecure.DevHost.Demo;

/// <summary>The configuration of every part.</summary>
internal sealed class PartConfigurations(Placement placement, PartFiles files, DemoMaterial material, PostgresServer server)
{
    public const string Gateway = "gateway";
    public const string IdentityCorporate = "identity-corporate";
    public const string IdentityStaff = "identity-staff";
    public const string CoreBank = "core-bank";

    public string FileOf(string part) => files.ConfigurationOf(part);

    public async Task WriteAsync(string policyFile, CancellationToken cancellation)
    {
        await WriteAsync(CoreBank, OfCoreBank(), cancellation);
        var corporate = OfIdentity("corporate", "corpsecure-gateway", "corporate", placement.Addresses.IdentityCorporate, placement.Listening.IdentityCorporate);
        corporate["MtlsListener"] = MtlsListener();
        await WriteAsync(IdentityCorporate, corporate, cancellation);
        await WriteAsync(IdentityStaff, OfIdentity("staff", "corpsecure-ops", "ops", placement.Addresses.IdentityStaff, placement.Listening.IdentityStaff), cancellation);
        await WriteAsync(Gateway, OfGateway(policyFile), cancellation);
    }

    private Task WriteAsync(string part, object configuration, CancellationToken cancellation) =>
        JsonFile.WriteConfigurationAsync(FileOf(part), configuration, cancellation);

    private object OfCoreBank() => new
    {
        Listener = Listener(CoreBank, "core-bank", placement.Listening.Core, asksForClients: true),
        Control = new { Address = placement.ListenAddress, Port = placement.Listening.CoreControl, Token = material.CoreControlToken },
        Assertion = new { JwksFile = files.SeenBy(CoreBank, material.AssertionJwksFile), Audience = "core-bank", Issuer = "corpsecure-gateway" },
        CallLog = new { File = placement.CallLog ?? "" },
    };

    private Dictionary<string, object> OfIdentity(string realm, string audience, string scope, string origin, int port)
    {
        var part = $"identity-{realm}";
        return new Dictionary<string, object>
        {
            ["Identity"] = new
            {
                Realm = realm,
                Issuer = origin + "/",
                Audience = audience,
                Scope = scope,
                SigningKeyFile = files.SeenBy(part, material.IssuerKeyFile(realm)),
                EncryptionKeyFile = files.SeenBy(part, material.IssuerEncryptionKeyFile(realm)),
            },
            ["Listener"] = Listener(part, part, port),
            ["Database"] = Database(part, DatabaseLogins.Of(realm)),
            ["Ledger"] = Ledger(part),
        };
    }

    private Dictionary<string, object> MtlsListener()
    {
        var listener = Listener(IdentityCorporate, IdentityCorporate, placement.Listening.IdentityMtls, asksForClients: true);
        listener["Origin"] = placement.Addresses.IdentityMtls + "/";
        listener["ClientCrlFile"] = files.SeenBy(IdentityCorporate, material.RevocationListFile);
        return listener;
    }

    private Dictionary<string, object> ApiListener()
    {
        var listener = Listener(Gateway, "gateway", placement.Listening.Gateway, asksForClients: true);
        listener["ClientCrlFile"] = files.SeenBy(Gateway, material.RevocationListFile);
        return listener;
    }

    private object OfGateway(string policyFile) => new
    {
        Gateway = new
        {
            PolicyFile = policyFile,
            Origin = placement.Addresses.Gateway,
            OpsOrigin = placement.Addresses.Ops,
            AssertionKeyFile = files.SeenBy(Gateway, material.AssertionKeyFile),
            AssertionKeyId = DemoMaterial.AssertionKeyId,
            DrainDelay = "00:00:00", // no balancer is in front of it
        },
        Listeners = new
        {
            Api = ApiListener(),
            Ops = Listener(Gateway, "ops", placement.Listening.Ops),
        },
        Issuers = new
        {
            Corporate = Issuer("corporate", placement.Addresses.IdentityCorporate, "corpsecure-gateway"),
            Staff = Issuer("staff", placement.Addresses.IdentityStaff, "corpsecure-ops"),
        },
        Core = new
        {
            Destinations = new[] { placement.Core },
            CaFile = Authority(Gateway),
            ClientCertificateFile = files.SeenBy(Gateway, material.Certificates["gateway-client"].CertificateFile),
            ClientKeyFile = files.SeenBy(Gateway, material.Certificates["gateway-client"].KeyFile),
            ActivityTimeout = "00:00:10",
        },
        Database = Database(Gateway, DatabaseLogins.Gateway),
        Ledger = Ledger(Gateway),
        TrustedProxies = new { Networks = Array.Empty<string>() },
    };

    private object Issuer(string realm, string origin, string audience) =>
        new { Issuer = origin + "/", Audience = audience, CaFile = Authority(Gateway), ConnectTo = placement.IssuerPlace(realm) };

    private string Authority(string part) => files.SeenBy(part, material.Authority.CertificateFile);

    private Dictionary<string, object> Listener(string part, string certificate, int port, bool asksForClients = false)
    {
        var listener = new Dictionary<string, object>
        {
            ["Address"] = placement.ListenAddress,
            ["Port"] = port,
            ["CertificateFile"] = files.SeenBy(part, material.Certificates[certificate].CertificateFile),
            ["KeyFile"] = files.SeenBy(part, material.Certificates[certificate].KeyFile),
        };
        if (asksForClients)
            listener["ClientCaFile"] = Authority(part);
        return listener;
    }

    private object Database(string part, string role)
    {
        var connection = new NpgsqlConnectionStringBuilder(DatabaseLogins.Connection(server, material, role));
        if (connection.RootCertificate is { } authority)
            connection.RootCertificate = files.SeenBy(part, authority);
        return new { connection.ConnectionString };
    }

    private object Ledger(string part) => new { Replica = $"{part}-{placement.ReplicaSuffix}", MasterKeyFile = files.SeenBy(part, material.MasterKeyFile) };
}
