using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Pki;

namespace CorpSecure.DevHost.Demo;

/// <summary>Every secret, key and certificate of the system, made at the first start and the same ever after.</summary>
internal sealed record DemoMaterial
{
    public const string AssertionKeyId = "gateway-1";

    public required DemoAuthority Authority { get; init; }

    public required SecretStore Secrets { get; init; }

    public required KeyFolder Keys { get; init; }

    /// <summary>By part: postgres, gateway, ops, identity-corporate, identity-staff, core-bank, gateway-client; and those of machines.</summary>
    public required IReadOnlyDictionary<string, PemFiles> Certificates { get; init; }

    /// <summary>Of client certificates.</summary>
    public string RevocationListFile => Path.Combine(Path.GetDirectoryName(Authority.CertificateFile)!, DemoMachines.RevocationList);

    public string AssertionJwksFile => Keys.PathOf("assertion.jwks.json");

    public string AssertionKeyFile => Keys.PathOf("assertion.pem");

    public string MasterKeyFile => Keys.PathOf("ledger-master.key");

    public string CoreControlToken => Secrets.Get("core-control-token", NewSecrets.Token);

    public string SigningKeyFile(DemoKey key) => Keys.PathOf($"user-{key.KeyId}.pem");

    public string OAuthKeyFile(DemoOAuthClient client) => Keys.PathOf($"oauth-{client.KeyId}.pem");

    public string IssuerKeyFile(string realm) => Keys.PathOf($"identity-{realm}-signing.pem");

    public string IssuerEncryptionKeyFile(string realm) => Keys.PathOf($"identity-{realm}-encryption.key");

    public string Password(DemoPerson person) => Secrets.Get($"user:{person.Username}:password", NewSecrets.UserPassword);

    public string Totp(DemoPerson person) => Secrets.Get($"user:{person.Username}:totp", NewSecrets.Totp);

    public string DatabasePassword(string role) => Secrets.Get($"database:{role}", NewSecrets.Token);

    public static Task<DemoMaterial> PrepareAsync(DataDirectory data, TimeProvider time, CancellationToken cancellation) =>
        PrepareAsync(data, time, _ => [], cancellation);

    /// <param name="hosts">Beside loopback, the names that the certificate of a part is valid for.</param>
    public static async Task<DemoMaterial> PrepareAsync(DataDirectory data, TimeProvider time, Func<string, IReadOnlyList<string>> hosts, CancellationToken cancellation, params IReadOnlyList<string> furtherServers)
    {
        var authority = await DemoAuthority.OpenAsync(data.Pki, time, cancellation);
        var certificates = new Dictionary<string, PemFiles>();
        foreach (var server in new[] { "postgres", "gateway", "ops", "identity-corporate", "identity-staff", "core-bank" }.Concat(furtherServers))
            certificates[server] = await authority.IssueAsync(server, LeafUsage.Server, hosts(server), cancellation);
        certificates["gateway-client"] = await authority.IssueAsync("gateway-client", LeafUsage.Client, cancellation);
        foreach (var (machine, files) in await DemoMachines.IssueAsync(authority, cancellation))
            certificates[machine] = files;

        var material = new DemoMaterial
        {
            Authority = authority,
            Secrets = await SecretStore.OpenAsync(Path.Combine(data.Keys, "secrets.json"), cancellation),
            Keys = new KeyFolder(data.Keys),
            Certificates = certificates,
        };
        await material.MakeKeysAsync(cancellation);
        material.MakeSecrets();
        await material.Secrets.SaveAsync(cancellation);
        return material;
    }

    private async Task MakeKeysAsync(CancellationToken cancellation)
    {
        foreach (var key in DemoPeople.All.SelectMany(person => person.Keys))
            await Keys.SigningAsync($"user-{key.KeyId}", cancellation);
        foreach (var client in DemoPeople.OAuthClients.Where(client => !client.HasCertificate))
            await Keys.SigningAsync($"oauth-{client.KeyId}", cancellation);
        foreach (var realm in new[] { "corporate", "staff" })
        {
            await Keys.SigningAsync($"identity-{realm}-signing", cancellation);
            await Keys.SymmetricAsync($"identity-{realm}-encryption", cancellation);
        }
        await Keys.SymmetricAsync("ledger-master", cancellation);
        await Keys.SigningAsync("assertion", cancellation);
        await JsonFile.WriteAsync(AssertionJwksFile, new { keys = new[] { KeyFolder.PublicJwk(AssertionKeyFile, AssertionKeyId) } }, cancellation);
    }

    private void MakeSecrets()
    {
        _ = CoreControlToken;
        foreach (var person in DemoPeople.All)
            _ = (Password(person), Totp(person));
        foreach (var role in DatabaseLogins.All)
            _ = DatabasePassword(role);
    }
}
