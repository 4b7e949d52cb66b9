using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.DevHost.Processes;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Acceptance.Tests.Integration;

/// <summary>A bank's own OpenID provider: the gateway is told of it at its start, the provider itself starts when a test wants it.</summary>
internal sealed class BankProvider
{
    public const string Issuer = "https://localhost:22499";
    public const string Subject = "bank:k.brandt";

    /// <summary>In the provider's own words, which are none of the gateway's business.</summary>
    public const string Details = """
        [{"type":"payment_initiation","instructedAmount":{"currency":"EUR","amount":"1250.00"},"creditorName":"Nordlicht Logistik GmbH","creditorAccount":{"iban":"DE89370400440532013000"}}]
        """;

    private const string Audience = "https://api.bank.example";

    private readonly string folder;

    private BankProvider(string folder) => this.folder = folder;

    public string CertificateFile => Path.Combine(folder, "bank.pem");

    public string CertificateKeyFile => Path.Combine(folder, "bank.key");

    public string PortalKeyFile => Path.Combine(folder, "portal.key");

    public string SigningKeyFile => Path.Combine(folder, "brandt.key");

    /// <summary>As docs/integration/bank-provider.md has them.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings { get; private init; } = new Dictionary<string, string>();

    public static BankProvider Prepare(DirectoryInfo directory)
    {
        var folder = directory.CreateSubdirectory("bank").FullName;
        var provider = new BankProvider(folder)
        {
            GatewaySettings = new Dictionary<string, string>
            {
                ["Issuers__Others__0__Issuer"] = Issuer,
                ["Issuers__Others__0__Audience"] = Audience,
                ["Issuers__Others__0__CaFile"] = Path.Combine(folder, "bank.pem"),
                ["Issuers__Others__0__SubjectPrefix"] = "bank:",
                ["Issuers__Others__0__Claims__Person"] = "employee",
                ["Issuers__Others__0__Claims__Client"] = "company",
                ["Issuers__Others__0__Claims__Acr"] = "assurance",
                ["Issuers__Others__0__AcrValues__substantial"] = "mfa",
                ["Issuers__Others__0__Revocation"] = "Lifetime",
                ["Issuers__Others__0__MaximumTokenLife"] = "00:02:00",
            },
        };
        provider.MakeCertificate();
        using var portal = SigningKey.Generate("portal-1");
        using var brandt = SigningKey.Generate("brandt-1");
        File.WriteAllText(provider.PortalKeyFile, portal.ExportPrivatePem());
        File.WriteAllText(provider.SigningKeyFile, brandt.ExportPrivatePem());
        var jwk = JsonSerializer.Deserialize<Dictionary<string, object>>(portal.ToVerificationKey().ExportJwk())!;
        jwk["kid"] = "portal-1";
        File.WriteAllText(Path.Combine(folder, "jwks.json"), JsonSerializer.Serialize(new { keys = new[] { jwk } }));
        File.WriteAllText(Path.Combine(folder, "registry.json"), JsonSerializer.Serialize(new
        {
            users = new[] { new { subject = Subject, person = "emp-4711", client = "acme", realm = "corporate", status = "active", roles = new[] { "viewer", "maker" } } },
            entitlements = new[] { new { subject = Subject, account = "acc-acme-003", permissions = new[] { "view", "pay" } } },
            keys = new[] { new { keyId = "brandt-1", client = "acme", subject = Subject, algorithm = "ecdsa-p256-sha256", publicKeyPem = brandt.ExportPublicPem(), state = "active" } },
        }));
        return provider;
    }

    /// <summary>The provider's users become the gateway's, by the command that an administrator uses.</summary>
    public Task RegisterAsync(string administrator) =>
        new Command("dotnet", SourceTree.Build.Assembly("CorpSecure.Gateway"), "registry", "import", Path.Combine(folder, "registry.json"), "--connection", administrator)
            .RunOrThrowAsync(CancellationToken.None);

    public async Task<TetheredProcess> StartAsync(string examples)
    {
        var log = Path.Combine(folder, "provider.log");
        var process = await TetheredProcess.StartAsync(new TetheredCommand("node", ["--no-warnings", Path.Combine(examples, "bank-provider.mjs")])
        {
            LogFile = log,
            Environment = new Dictionary<string, string>
            {
                ["ISSUER"] = Issuer,
                ["AUDIENCE"] = Audience,
                ["CLIENT_ID"] = "portal",
                ["CLIENT_JWKS_FILE"] = Path.Combine(folder, "jwks.json"),
                ["REDIRECT_URI"] = "http://127.0.0.1/callback",
                ["CERTIFICATE_FILE"] = CertificateFile,
                ["CERTIFICATE_KEY_FILE"] = CertificateKeyFile,
                ["COOKIE_SECRET"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
            },
        });
        await Targets.Eventually.TrueAsync(async () => File.Exists(log) && (await File.ReadAllTextAsync(log)).Contains("listening", StringComparison.Ordinal), "the bank's provider listens");
        return process;
    }

    /// <summary>The settings of a portal of this bank.</summary>
    public Dictionary<string, string> Portal(string gateway, string caFile)
    {
        var bundle = Path.Combine(folder, "trusted.pem");
        File.WriteAllText(bundle, File.ReadAllText(caFile) + "\n" + File.ReadAllText(CertificateFile));
        return new()
        {
            ["NODE_EXTRA_CA_CERTS"] = bundle,
            ["ISSUER"] = Issuer,
            ["GATEWAY"] = gateway,
            ["SCOPE"] = "corporate",
            ["CLIENT_ID"] = "portal",
            ["CLIENT_KEY_FILE"] = PortalKeyFile,
            ["CLIENT_KEY_ID"] = "portal-1",
            ["REDIRECT_URI"] = "http://127.0.0.1/callback",
            ["SIGNING_KEY_FILE"] = SigningKeyFile,
            ["SIGNING_KEY_ID"] = "brandt-1",
            ["DEBTOR_ACCOUNT"] = "acc-acme-003",
            ["USERNAME"] = "k.brandt",
            ["PASSWORD"] = "any",
            ["TOTP_SECRET"] = "",
            ["AUTHORIZATION_DETAILS"] = Details,
        };
    }

    private void MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(CertificateKeyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
