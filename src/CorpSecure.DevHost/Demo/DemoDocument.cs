using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Postgres;

namespace CorpSecure.DevHost.Demo;

/// <summary>`demo.json`: what a script needs to use the running system, secrets included, hence 0600.</summary>
public sealed record DemoDocument
{
    public required DemoAddresses Addresses { get; init; }

    public required string CaFile { get; init; }

    public required IReadOnlyList<DemoUser> Users { get; init; }

    public required IReadOnlyList<DemoClient> OauthClients { get; init; }

    /// <summary>Of machines that sign in with one.</summary>
    public required IReadOnlyList<DemoCertificate> ClientCertificates { get; init; }

    public required IReadOnlyList<DemoSigningKey> SigningKeys { get; init; }

    /// <summary>Null where the database cannot be reached from outside.</summary>
    public required DemoDatabases? Databases { get; init; }

    public required string CoreControlToken { get; init; }

    public required IReadOnlyDictionary<string, int> Processes { get; init; }

    internal static DemoDocument Make(DemoAddresses addresses, DemoMaterial material, PostgresServer? server, IReadOnlyDictionary<string, int> processes) => new()
    {
        Addresses = addresses,
        CaFile = material.Authority.CertificateFile,
        Users = [.. DemoPeople.All.Select(person => new DemoUser(
            person.Username, material.Password(person), material.Totp(person), person.Realm, person.Subject, person.Person, person.Client, person.Roles,
            person.Keys.FirstOrDefault(key => key.State == "active")?.KeyId))],
        OauthClients = [.. DemoPeople.OAuthClients.Where(client => !client.HasCertificate).Select(client => new DemoClient(
            client.ClientId, client.Realm, material.OAuthKeyFile(client), client.KeyId, client.RedirectUri, client.Grant, client.Scope))],
        ClientCertificates = [.. DemoMachines.Describe(material)],
        SigningKeys = [.. DemoPeople.All.SelectMany(person => person.Keys.Select(key => new DemoSigningKey(
            key.KeyId, material.SigningKeyFile(key), "ecdsa-p256-sha256", key.State, person.Client!, person.Subject)))],
        Databases = server is null ? null : DemoDatabases.Of(server, material),
        CoreControlToken = material.CoreControlToken,
        Processes = processes,
    };

    /// <summary>The same with every path changed.</summary>
    internal DemoDocument WithPaths(Func<string, string> change) => this with
    {
        CaFile = change(CaFile),
        OauthClients = [.. OauthClients.Select(client => client with { KeyFile = change(client.KeyFile) })],
        ClientCertificates = [.. ClientCertificates.Select(each => each with { CertificateFile = change(each.CertificateFile), KeyFile = change(each.KeyFile) })],
        SigningKeys = [.. SigningKeys.Select(key => key with { File = change(key.File) })],
    };

    public override string ToString() => "DemoDocument(redacted)";
}

public sealed record DemoAddresses(string Gateway, string IdentityCorporate, string IdentityStaff, string Ops, string Core, string CoreControl, string IdentityMtls)
{
    internal static DemoAddresses Of(PortPlan ports) => new(
        Origin(ports.Gateway), Origin(ports.IdentityCorporate), Origin(ports.IdentityStaff), Origin(ports.Ops), Origin(ports.Core), Origin(ports.CoreControl), Origin(ports.IdentityMtls));

    internal static string Origin(int port, string host = "localhost") => $"https://{host}:{port}";
}

public sealed record DemoUser(
    string Username, string Password, string TotpSecret, string Realm, string Subject, string Person, string? Client, IReadOnlyList<string> Roles, string? SigningKey)
{
    public override string ToString() => $"DemoUser({Username}, redacted)";
}

public sealed record DemoClient(string ClientId, string Realm, string KeyFile, string KeyId, string? RedirectUri, string Grant, string Scope);

/// <param name="State"><c>active</c>, or <c>revoked</c>: on the authority's list.</param>
public sealed record DemoCertificate(string ClientId, string Realm, string CertificateFile, string KeyFile, string State, string Scope);

public sealed record DemoSigningKey(string KeyId, string File, string Algorithm, string State, string Client, string Subject);

public sealed record DemoDatabases(string Admin, string Gateway, string IdentityCorporate, string IdentityStaff, string Auditor)
{
    internal static DemoDatabases Of(PostgresServer server, DemoMaterial material) => new(
        server.ConnectionString(DatabaseLogins.Database),
        DatabaseLogins.Connection(server, material, DatabaseLogins.Gateway),
        DatabaseLogins.Connection(server, material, DatabaseLogins.IdentityCorporate),
        DatabaseLogins.Connection(server, material, DatabaseLogins.IdentityStaff),
        DatabaseLogins.Connection(server, material, DatabaseLogins.Auditor));

    public override string ToString() => "DemoDatabases(redacted)";
}
