namespace CorpSecure.DevHost.Demo;

/// <summary>A demo user. Subject and person are opaque: they go into records that outlive the name.</summary>
internal sealed record DemoPerson(string Username, string Subject, string Person, string? Client, params string[] Roles)
{
    public string Realm => Client is null ? "staff" : "corporate";

    /// <summary>Accounts 1 to this number of the client.</summary>
    public int Accounts { get; init; } = DemoPeople.AccountsPerClient;

    public IReadOnlyList<DemoKey> Keys { get; init; } = [];
}

/// <summary>A signing key of a demo user.</summary>
internal sealed record DemoKey(string KeyId, string State = "active");

/// <summary>An OAuth client; each signs its client assertions with a key of its own, or shows a certificate.</summary>
internal sealed record DemoOAuthClient(string ClientId, string Realm, string Grant, string Scope)
{
    public string? RedirectUri { get; init; }

    /// <summary>The corporate client that a machine acts for.</summary>
    public string? Client { get; init; }

    /// <summary>Whether it signs in with its TLS certificate, which its tokens then are bound to.</summary>
    public bool HasCertificate { get; init; }

    /// <summary>Whether it is a resource server, which asks what a token is worth and gets none itself.</summary>
    public bool Introspects => Grant == DemoPeople.Introspection;

    public string KeyId => $"{ClientId}-{Realm}-1";
}

/// <summary>The cast of the demo.</summary>
internal static class DemoPeople
{
    public const int AccountsPerClient = 50;
    public const string Introspection = "introspection";

    private const string Loopback = "http://127.0.0.1/callback";

    public static IReadOnlyList<(string Id, string Name)> Clients { get; } =
    [
        ("acme", "Acme Industries GmbH"), ("huaxin", "华新贸易有限公司"), ("nordwind", "Nordwind Shipping AB"),
    ];

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("anna.keller", "usr-1001", "per-5001", "acme", "maker", "viewer") { Keys = [new("anna-1"), new("anna-retired", "retired"), new("anna-revoked", "revoked")] },
        new("bruno.weiss", "usr-1002", "per-5002", "acme", "checker", "viewer"),
        new("carla.rossi", "usr-1003", "per-5003", "acme", "viewer") { Accounts = 10 },
        new("li.wei", "usr-2001", "per-5004", "huaxin", "maker", "viewer") { Keys = [new("li-1")] },
        new("zhang.min", "usr-2002", "per-5005", "huaxin", "checker"),
        new("erik.lund", "usr-3001", "per-5006", "nordwind", "maker") { Keys = [new("erik-1")] },
        new("rita.ops", "stf-9001", "per-6001", null, "reviewer"),
        new("otto.audit", "stf-9002", "per-6002", null, "auditor"),
        new("sven.secure", "stf-9003", "per-6003", null, "security-officer"),
    ];

    public static IReadOnlyList<DemoOAuthClient> OAuthClients { get; } =
    [
        new("corpsec", "corporate", "authorization_code", "corporate sessions") { RedirectUri = Loopback },
        new("corpsec", "staff", "authorization_code", "ops sessions") { RedirectUri = Loopback },
        new("acme-erp", "corporate", "client_credentials", "corporate") { Client = "acme" },
        new("acme-erp-mtls", "corporate", "client_credentials", "corporate") { Client = "acme", HasCertificate = true },
        new("corpsecure-gateway", "corporate", Introspection, ""), // named as the audience of the tokens that it may ask about
    ];
}
