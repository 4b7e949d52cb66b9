namespace CorpSecure.Gateway.Commands;

/// <summary>What to write instead, by the key of a fault.</summary>
internal static class Remedies
{
    private static readonly Dictionary<string, string> Examples = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Gateway:PolicyFile"] = "\"Gateway\": { \"PolicyFile\": \"/etc/corpsecure/policy.json\" }",
        ["Gateway:Origin"] = "\"Gateway\": { \"Origin\": \"https://bank.example:8443\" }",
        ["Gateway:OpsOrigin"] = "\"Gateway\": { \"OpsOrigin\": \"https://ops.bank.example:9444\" }",
        ["Gateway:AssertionKeyFile"] = "a P-256 key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out assertion.pem && chmod 600 assertion.pem",
        ["Gateway:AssertionKeyId"] = "\"Gateway\": { \"AssertionKeyId\": \"thumbprint\" }",
        ["Gateway:BodyTimeout"] = "\"Gateway\": { \"BodyTimeout\": \"00:00:30\" }",
        ["Gateway:ReloadInterval"] = "\"Gateway\": { \"ReloadInterval\": \"00:00:30\" }",
        ["Gateway:DrainDelay"] = "\"Gateway\": { \"DrainDelay\": \"00:00:05\" }",
        ["Listeners:Api:Port"] = "\"Listeners\": { \"Api\": { \"Port\": 8443 } }",
        ["Listeners:Ops:Port"] = "\"Listeners\": { \"Ops\": { \"Port\": 9444 } }",
        ["Listeners:Api:Address"] = "\"Listeners\": { \"Api\": { \"Address\": \"0.0.0.0\" } }",
        ["Listeners:Ops:Address"] = "\"Listeners\": { \"Ops\": { \"Address\": \"10.1.2.3\" } }",
        ["Listeners:Api:CertificateFile"] = "\"Listeners\": { \"Api\": { \"CertificateFile\": \"/etc/corpsecure/api.pem\", \"KeyFile\": \"/etc/corpsecure/api.key\" } }",
        ["Listeners:Ops:CertificateFile"] = "\"Listeners\": { \"Ops\": { \"CertificateFile\": \"/etc/corpsecure/ops.pem\", \"KeyFile\": \"/etc/corpsecure/ops.key\" } }",
        ["Issuers:Corporate:Issuer"] = "\"Issuers\": { \"Corporate\": { \"Issuer\": \"https://signin.bank.example/\" } }, exactly as its tokens carry it",
        ["Issuers:Staff:Issuer"] = "\"Issuers\": { \"Staff\": { \"Issuer\": \"https://staff-signin.bank.example/\" } }, exactly as its tokens carry it",
        ["Core:Destinations"] = "\"Core\": { \"Destinations\": [\"https://core.bank.example:7443\"] }",
        ["Core:ActivityTimeout"] = "\"Core\": { \"ActivityTimeout\": \"00:00:10\" }",
        ["Core:HealthInterval"] = "\"Core\": { \"HealthInterval\": \"00:00:05\" }",
        ["Database:ConnectionString"] = "\"Database\": { \"ConnectionString\": \"Host=db.bank.example;Database=corpsecure;Username=corpsecure_gateway;Password=...;SSL Mode=VerifyFull;Root Certificate=/etc/corpsecure/db-ca.pem\" }",
        ["Ledger:Replica"] = "\"Ledger\": { \"Replica\": \"gateway-1\" }, another name for each replica",
        ["TrustedProxies:Networks"] = "\"TrustedProxies\": { \"Networks\": [\"10.1.2.0/24\"] }",
        ["Metrics:Networks"] = "\"Metrics\": { \"Networks\": [\"10.1.2.0/24\"] }",
        ["Telemetry:Otlp:Endpoint"] = "\"Telemetry\": { \"Otlp\": { \"Endpoint\": \"https://collector.bank.example:4318\" } }",
    };

    public static string? For(string fault)
    {
        var key = fault.Split(": ", 2)[0];
        return Examples.GetValueOrDefault(key) ?? Examples.GetValueOrDefault(key.Split('[')[0]);
    }
}
