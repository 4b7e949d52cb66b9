using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Protocol.Signatures;
using OtpNet;

namespace CorpSecure.Cli.Tests;

/// <summary>Both identities, gateway and ops API as fakes, and the demo.json that tells of them.</summary>
public sealed class DemoSystem : IAsyncLifetime
{
    public const string TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    public const string Password = "correct horse & <battery>";

    private readonly TestAuthority _authority = new();
    private readonly ECDsa _clientKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SoftwareSigningKey _signingKey = SigningKey.Generate("anna-1");
    private readonly SoftwareSigningKey _revokedKey = SigningKey.Generate("anna-0");

    public FakeIdentity Corporate { get; private set; } = null!;

    public FakeIdentity Staff { get; private set; } = null!;

    public FakeGateway Gateway { get; private set; } = null!;

    public FakeGateway Ops { get; private set; } = null!;

    public VerificationKey PublicKey => _signingKey.ToVerificationKey();

    public VerificationKey RevokedPublicKey => _revokedKey.ToVerificationKey();

    public TestAuthority Authority => _authority;

    public string Home => Path.Combine(_authority.Folder, "home");

    public string DemoFile => Path.Combine(_authority.Folder, "demo.json");

    public Corpsec Corpsec => new(Home);

    public static bool IsTotp(string code) =>
        new Totp(Base32Encoding.ToBytes(TotpSecret)).VerifyTotp(TimeProvider.System.GetUtcNow().UtcDateTime, code, out _, new VerificationWindow(1, 1));

    public async Task InitializeAsync()
    {
        Corporate = await FakeIdentity.StartAsync(_authority, _clientKey);
        Staff = await FakeIdentity.StartAsync(_authority, _clientKey);
        Gateway = await FakeGateway.StartAsync(_authority);
        Ops = await FakeGateway.StartAsync(_authority);
        Corporate.Password = Staff.Password = Password;
        Corporate.CodeIsRight = Staff.CodeIsRight = IsTotp;
        Corporate.Subject = "user-anna";
        Staff.Username = "sam.officer";
        Staff.Subject = "user-sam";
        await File.WriteAllTextAsync(DemoFile, Document());
    }

    public async Task DisposeAsync()
    {
        await Corporate.DisposeAsync();
        await Staff.DisposeAsync();
        await Gateway.DisposeAsync();
        await Ops.DisposeAsync();
        _signingKey.Dispose();
        _revokedKey.Dispose();
        _clientKey.Dispose();
        _authority.Dispose();
    }

    public async Task SignInAsync(string user = "anna.keller")
    {
        var (exitCode, _, error) = await Corpsec.RunAsync("login", "--demo", DemoFile, "--user", user);
        error.ShouldBeEmpty();
        exitCode.ShouldBe(0);
    }

    private string Document() => JsonSerializer.Serialize(new
    {
        addresses = new
        {
            gateway = Origin(Gateway.Address),
            identityCorporate = Origin(Corporate.Address),
            identityStaff = Origin(Staff.Address),
            ops = Origin(Ops.Address),
            core = "https://localhost:7443",
            coreControl = "https://localhost:7444",
        },
        caFile = _authority.CaFile,
        users = new object[]
        {
            User("anna.keller", "corporate", "user-anna", "anna-1"),
            User("sam.officer", "staff", "user-sam", null),
        },
        oauthClients = new[] { Client("corporate", "corporate sessions"), Client("staff", "ops sessions") },
        signingKeys = new[] { Key(_signingKey, "active"), Key(_revokedKey, "revoked") },
        databases = new { admin = "Host=localhost" },
        coreControlToken = "secret",
    });

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static object User(string username, string realm, string subject, string? signingKey) =>
        new { username, password = Password, totpSecret = TotpSecret, realm, subject, person = "p", client = "acme", roles = new[] { "maker" }, signingKey };

    private object Client(string realm, string scope) => new
    {
        clientId = "corpsec",
        realm,
        keyFile = Write($"client-{realm}.pem", _clientKey.ExportPkcs8PrivateKeyPem()),
        keyId = "corpsec-1",
        redirectUri = "http://127.0.0.1/callback",
        grant = "authorization_code",
        scope,
    };

    private object Key(SoftwareSigningKey key, string state) =>
        new { keyId = key.KeyId, file = Write($"{key.KeyId}.pem", key.ExportPrivatePem()), algorithm = "ecdsa-p256-sha256", state };

    private string Write(string name, string text)
    {
        var path = Path.Combine(_authority.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
