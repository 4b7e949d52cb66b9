using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>The configuration of a gateway in a test.</summary>
internal sealed class Settings(GatewayWorld world, Surroundings surroundings, string folder, SoftwareSigningKey assertionKey)
{
    public Dictionary<string, string> Write(string? policy)
    {
        var keyFile = Path.Combine(folder, "assertion.key");
        SecretFile.Write(keyFile, assertionKey.ExportPrivatePem());
        var policyFile = Path.Combine(AppContext.BaseDirectory, "policy.json");
        if (policy is not null)
            File.WriteAllText(policyFile = Path.Combine(folder, "policy.json"), policy);
        return new Dictionary<string, string>
        {
            ["Gateway:PolicyFile"] = policyFile,
            ["Gateway:Origin"] = world.Api,
            ["Gateway:OpsOrigin"] = world.Ops,
            ["Gateway:AssertionKeyFile"] = keyFile,
            ["Gateway:AssertionKeyId"] = assertionKey.KeyId,
            ["Gateway:DrainDelay"] = "00:00:00",
            ["Listeners:Api:Port"] = $"{world.ApiPort}",
            ["Listeners:Api:CertificateFile"] = surroundings.ServerCertificate.CertificateFile,
            ["Listeners:Api:KeyFile"] = surroundings.ServerCertificate.KeyFile,
            ["Listeners:Api:ClientCaFile"] = surroundings.Authority.CertificateFile,
            ["Listeners:Ops:Port"] = $"{world.OpsPort}",
            ["Listeners:Ops:CertificateFile"] = surroundings.ServerCertificate.CertificateFile,
            ["Listeners:Ops:KeyFile"] = surroundings.ServerCertificate.KeyFile,
            ["Issuers:Corporate:Issuer"] = world.Corporate.Issuer,
            ["Issuers:Corporate:CaFile"] = surroundings.Authority.CertificateFile,
            ["Issuers:Staff:Issuer"] = world.Staff.Issuer,
            ["Issuers:Staff:CaFile"] = surroundings.Authority.CertificateFile,
            ["Core:Destinations:0"] = world.Core.Address.ToString().TrimEnd('/'),
            ["Core:CaFile"] = surroundings.Authority.CertificateFile,
            ["Core:ClientCertificateFile"] = surroundings.ClientCertificate.CertificateFile,
            ["Core:ClientKeyFile"] = surroundings.ClientCertificate.KeyFile,
            ["Core:ActivityTimeout"] = "00:00:05",
            ["Database:ConnectionString"] = world.GatewayConnection,
            ["Ledger:Replica"] = "gateway-1",
            ["Ledger:MasterKeyFile"] = surroundings.MasterKeyFile,
        };
    }
}
