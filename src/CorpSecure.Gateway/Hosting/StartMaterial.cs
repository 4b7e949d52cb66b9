using System.Security.Cryptography;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Issuers;
using CorpSecure.Gateway.Policies;
using CorpSecure.Ledger.Sealing;

namespace CorpSecure.Gateway.Hosting;

/// <summary>What the settings name must itself be good: keys, certificates, secrets, the policy.</summary>
public static class StartMaterial
{
    private const int ShortestToken = 32;
    private const int FewestBytes = 8;

    /// <summary>Of files that are there; that one is not the settings' own check says.</summary>
    public static IEnumerable<string> Faults(GatewaySettings settings, TimeProvider clock) =>
    [
        .. PrivateFaults(settings),
        .. Refusals(() => _ = new CertificateStore(settings, clock)),
        .. MasterKeyFaults(settings.Ledger.MasterKeyFile),
        .. TokenFaults(settings.Metrics.TokenFile),
        .. ClientAssertion.Faults(settings),
        .. File.Exists(settings.Gateway.PolicyFile) ? Refusals(() => _ = PolicyLoader.Load(settings.Gateway.PolicyFile)) : [],
    ];

    private static IEnumerable<string> PrivateFaults(GatewaySettings settings)
    {
        (string Key, string File)[] secrets =
        [
            ("Listeners:Api:KeyFile", settings.Listeners.Api.KeyFile),
            ("Listeners:Ops:KeyFile", settings.Listeners.Ops.KeyFile),
            ("Core:ClientKeyFile", settings.Core.ClientKeyFile),
            ("Gateway:AssertionKeyFile", settings.Gateway.AssertionKeyFile),
            ("Ledger:MasterKeyFile", settings.Ledger.MasterKeyFile),
            ("Metrics:TokenFile", settings.Metrics.TokenFile),
            ("Telemetry:Otlp:HeadersFile", settings.Telemetry.Otlp.HeadersFile),
        ];
        return from secret in secrets
               where File.Exists(secret.File)
               let fault = PrivateFile.Fault(secret.File)
               where fault is not null
               select $"{secret.Key}: {fault}";
    }

    private static IReadOnlyCollection<string> Refusals(Action load)
    {
        try
        {
            load();
            return [];
        }
        catch (StartRefusedException refused)
        {
            return refused.Faults;
        }
    }

    private static string[] MasterKeyFaults(string file)
    {
        if (!File.Exists(file))
            return [];
        try
        {
            _ = MasterKey.Load(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return [$"Ledger:MasterKeyFile: {error.Message}; make one with: openssl rand -base64 32"];
        }

        var key = Convert.FromBase64String(File.ReadAllText(file).Trim());
        var distinct = key.Distinct().Count();
        CryptographicOperations.ZeroMemory(key);
        return distinct < FewestBytes ? ["Ledger:MasterKeyFile: the key is not random; make one with: openssl rand -base64 32"] : [];
    }

    private static string[] TokenFaults(string file)
    {
        if (!File.Exists(file))
            return [];
        var token = File.ReadAllText(file).Trim();
        return token.Length < ShortestToken || token.Distinct().Count() < FewestBytes
            ? [$"Metrics:TokenFile: the token is weak; {ShortestToken} random characters are needed, from: openssl rand -base64 32"]
            : [];
    }
}
