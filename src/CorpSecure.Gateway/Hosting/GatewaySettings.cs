using CorpSecure.Gateway.Dpop;
using CorpSecure.Gateway.Issuers;
using CorpSecure.Gateway.RateLimits.Shared;
using CorpSecure.Gateway.Telemetry;
using CorpSecure.Ledger;

namespace CorpSecure.Gateway.Hosting;

/// <summary>The whole configuration. Times are <c>hh:mm:ss</c>; files are PEM unless said otherwise.</summary>
public sealed class GatewaySettings
{
    public GatewaySection Gateway { get; init; } = new();

    public ListenersSection Listeners { get; init; } = new();

    public IssuersSection Issuers { get; init; } = new();

    public DpopSection Dpop { get; init; } = new();

    public CoreSection Core { get; init; } = new();

    public DatabaseSection Database { get; init; } = new();

    public LedgerSection Ledger { get; init; } = new();

    public TrustedProxiesSection TrustedProxies { get; init; } = new();

    public RateLimitsSection RateLimits { get; init; } = new();
    public LoggingSection Logging { get; init; } = new();

    public MetricsSection Metrics { get; init; } = new();

    public TelemetrySection Telemetry { get; init; } = new();

    public LedgerOptions LedgerOptions => new()
    {
        ConnectionString = Database.ConnectionString,
        Replica = Ledger.ReplicaName,
        MasterKeyFile = Ledger.MasterKeyFile,
    };
}

public sealed class GatewaySection
{
    public string PolicyFile { get; init; } = "";

    /// <summary>Where clients reach the API: the origin that signatures cover. Never taken from <c>Host</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Where staff reach the ops API.</summary>
    public string OpsOrigin { get; init; } = "";

    /// <summary>The OAuth scope that clients ask their issuer for; told to them, not asked of tokens.</summary>
    public string Scope { get; init; } = "corporate";

    /// <summary>PKCS#8 key, P-256, that signs assertions to the core.</summary>
    public string AssertionKeyFile { get; init; } = "";

    public string AssertionKeyId { get; init; } = "";

    /// <summary>Requests of the API under way at once; more are refused with 503.</summary>
    public int MaxConcurrentRequests { get; init; } = 1000;

    /// <summary>A body that has not arrived by then is refused.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often certificates and keys are compared with their files, where the system does not tell of a change.</summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long readiness is false before the listeners close.</summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.FromSeconds(5);
}

public sealed class ListenersSection
{
    public ListenerSection Api { get; init; } = new() { Port = 8443 };

    public ListenerSection Ops { get; init; } = new() { Port = 9444 };

    public ConnectionLimits Limits { get; init; } = new();
}

public sealed class ListenerSection
{
    public string Address { get; init; } = "127.0.0.1";

    public int Port { get; init; }

    public string CertificateFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    /// <summary>Issuers of client certificates; empty: none is asked for.</summary>
    public string ClientCaFile { get; init; } = "";

    /// <summary>Revocation lists of those issuers, PEM or DER; empty: none is looked at.</summary>
    public string ClientCrlFile { get; init; } = "";
}

public sealed class IssuersSection
{
    public IssuerSection Corporate { get; init; } = new() { Audience = "corpsecure-gateway" };

    public IssuerSection Staff { get; init; } = new() { Audience = "corpsecure-ops" };

    /// <summary>Further providers whose tokens open the API, such as a bank's own.</summary>
    public OtherIssuerSection[] Others { get; init; } = [];
}

public class IssuerSection
{
    public string Issuer { get; init; } = "";

    public string Audience { get; init; } = "";

    /// <summary>Trusted for the issuer's own certificate; empty: the system's roots.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>Where the issuer is reached from here, <c>host:port</c>, if not where its name leads. The certificate must still be the name's.</summary>
    public string ConnectTo { get; init; } = "";

    /// <summary>Of its tokens' signatures; empty: ES256 and PS256.</summary>
    public string[] Algorithms { get; init; } = [];

    /// <summary>Of its access tokens, in <c>typ</c>; empty: at+jwt (RFC 9068).</summary>
    public string[] TokenTypes { get; init; } = [];
}

public sealed class CoreSection
{
    public string[] Destinations { get; init; } = [];

    public string CaFile { get; init; } = "";

    public string ClientCertificateFile { get; init; } = "";

    public string ClientKeyFile { get; init; } = "";

    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(5);

    public string HealthPath { get; init; } = "/health";
}

public sealed class DatabaseSection
{
    public string ConnectionString { get; init; } = "";
}

public sealed class LedgerSection
{
    /// <summary>Unique among the running processes: a second one of the same name takes the lanes away from the first. <c>{host}</c> stands for the machine's name.</summary>
    public string Replica { get; init; } = "";

    public string ReplicaName => Replica.Replace("{host}", Environment.MachineName, StringComparison.Ordinal);

    public string MasterKeyFile { get; init; } = "";
}

public sealed class TrustedProxiesSection
{
    /// <summary>CIDR networks whose <c>X-Forwarded-For</c> counts.</summary>
    public string[] Networks { get; init; } = [];

    /// <summary>CIDR networks whose every connection begins with a PROXY protocol header, version 2: balancers that pass TLS on.</summary>
    public string[] ProxyProtocol { get; init; } = [];
}
