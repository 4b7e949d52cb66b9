using CorpSecure.DevHost.Pki;

namespace CorpSecure.DevHost.Demo;

/// <summary>Machines that sign in with a certificate of the demo's authority, and what their list of revoked ones says.</summary>
internal static class DemoMachines
{
    public const string RevocationList = "clients.crl.pem";

    private const string Revoked = "-revoked";

    public static async Task<Dictionary<string, PemFiles>> IssueAsync(DemoAuthority authority, CancellationToken cancellation)
    {
        var certificates = new Dictionary<string, PemFiles>();
        foreach (var client in DemoPeople.OAuthClients.Where(client => client.HasCertificate))
        {
            // Both name the client; only the list tells them apart.
            certificates[client.ClientId] = await authority.IssueAsync(client.ClientId, LeafUsage.Client, cancellation);
            certificates[client.ClientId + Revoked] = await authority.IssueAsync(client.ClientId + Revoked, LeafUsage.Client, [], client.ClientId, cancellation);
        }

        await authority.KeepRevocationsAsync(RevocationList, certificates.Where(entry => entry.Key.EndsWith(Revoked, StringComparison.Ordinal)).Select(entry => entry.Value), cancellation);
        return certificates;
    }

    /// <summary>As a certificate names it, in the form of RFC 4514.</summary>
    public static string SubjectOf(string clientId) => $"CN={clientId}, O=CorpSecure demo";

    /// <summary>For the demo's document: the good one and the revoked one of each.</summary>
    public static IEnumerable<DemoCertificate> Describe(DemoMaterial material) =>
        from client in DemoPeople.OAuthClients
        where client.HasCertificate
        from state in new[] { "active", "revoked" }
        let files = material.Certificates[state == "active" ? client.ClientId : client.ClientId + Revoked]
        select new DemoCertificate(client.ClientId, client.Realm, files.CertificateFile, files.KeyFile, state, client.Scope);
}
