using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.Issuers;

/// <summary>A gateway that also takes the tokens of two other providers: one that is asked, one whose tokens just end.</summary>
public sealed class OtherIssuerWorld(Surroundings surroundings) : IAsyncLifetime
{
    public GatewayWorld World { get; private set; } = null!;

    /// <summary>A bank's own provider, with names of its own; is asked whether tokens still count.</summary>
    public TestIssuer Bank { get; private set; } = null!;

    /// <summary>With short-lived tokens that nobody revokes.</summary>
    public TestIssuer Erp { get; private set; } = null!;

    public SoftwareSigningKey ClientKey { get; } = SigningKey.Generate("gateway-at-bank");

    public async Task InitializeAsync()
    {
        Bank = await TestIssuer.StartAsync(surroundings.ServerCertificate);
        Erp = await TestIssuer.StartAsync(surroundings.ServerCertificate);
        World = await GatewayWorld.StartAsync(surroundings, Configure, PolicyText.Roomy);
        await World.RegisterAsync("""
            insert into registry.users (subject, realm, person, client, status, roles) values
              ('bank:anna', 'corporate', 'p-anna', 'acme', 'active', '{viewer,maker}'),
              ('bank:u-anna', 'corporate', 'p-anna', 'acme', 'active', '{viewer}'),
              ('erp:machine', 'corporate', 'p-machine', 'huaxin', 'active', '{viewer}')
            """);
    }

    public void Configure(Dictionary<string, string> settings)
    {
        var keyFile = Path.Combine(surroundings.Directory.FullName, $"introspection-{FreePort.Take()}.key");
        SecretFile.Write(keyFile, ClientKey.ExportPrivatePem());
        void Set(int index, string key, string value) => settings[$"Issuers:Others:{index}:{key}"] = value;
        Set(0, "Issuer", Bank.Issuer);
        Set(0, "Audience", "https://bank.example/api");
        Set(0, "CaFile", surroundings.Authority.CertificateFile);
        Set(0, "SubjectPrefix", "bank:");
        Set(0, "TokenTypes:0", "JWT");
        Set(0, "Claims:Person", "employee");
        Set(0, "Claims:Client", "tenant");
        Set(0, "Claims:Holder", "azp");
        Set(0, "AcrValues:loa3", "mfa");
        Set(0, "AcrValues:loa1", "pwd");
        Set(0, "Revocation", "Introspection");
        Set(0, "Introspection:ClientId", "corpsecure");
        Set(0, "Introspection:KeyFile", keyFile);
        Set(0, "Introspection:KeyId", "key-1");
        Set(1, "Issuer", Erp.Issuer);
        Set(1, "Audience", "corpsecure-gateway");
        Set(1, "CaFile", surroundings.Authority.CertificateFile);
        Set(1, "SubjectPrefix", "erp:");
        Set(1, "AcrValues:machine", "client");
        Set(1, "Revocation", "Lifetime");
        Set(1, "MaximumTokenLife", "00:10:00");
    }

    public Dictionary<string, object> BankClaims(string subject = "anna", string acr = "loa3")
    {
        var claims = Times();
        claims["iss"] = Bank.Issuer;
        claims["aud"] = "https://bank.example/api";
        claims["sub"] = subject;
        claims["employee"] = "p-anna";
        claims["tenant"] = "acme";
        claims["azp"] = "portal";
        claims["acr"] = acr;
        return claims;
    }

    public string BankToken(Dictionary<string, object>? claims = null) => Bank.Token(claims ?? BankClaims(), "JWT");

    public Dictionary<string, object> ErpClaims()
    {
        var claims = Times();
        claims["iss"] = Erp.Issuer;
        claims["aud"] = "corpsecure-gateway";
        claims["sub"] = "machine";
        claims["person"] = "p-machine";
        claims["client"] = "huaxin";
        claims["client_id"] = "erp";
        claims["acr"] = "machine";
        return claims;
    }

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await Bank.DisposeAsync();
        await Erp.DisposeAsync();
    }

    private Dictionary<string, object> Times()
    {
        var now = World.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now,
            ["exp"] = now + 300,
            ["auth_time"] = now,
            ["cnf"] = new Dictionary<string, object> { ["jkt"] = DpopProof.Thumbprint(ProofKeys.Of("anna")) },
        };
    }
}
