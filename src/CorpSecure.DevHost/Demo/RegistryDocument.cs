namespace CorpSecure.DevHost.Demo;

/// <summary>What the gateway's registry imports: clients, users, entitlements and public keys.</summary>
internal static class RegistryDocument
{
    public static object Make(DemoMaterial material) => new
    {
        clients = DemoPeople.Clients.Select(client => new { id = client.Id, name = client.Name, status = "active" }),
        users = DemoPeople.All
            .Select(person => new { subject = person.Subject, person = person.Person, client = person.Client, realm = person.Realm, status = "active", roles = person.Roles })
            .Concat(Machines.Select(machine => new { subject = machine.ClientId, person = machine.ClientId, client = machine.Client, realm = machine.Realm, status = "active", roles = new[] { "viewer" } })),
        entitlements = DemoPeople.All.Where(person => person.Client is not null)
            .SelectMany(person => Entitlements(person.Subject, person.Client!, person.Accounts, PermissionsOf(person)))
            .Concat(Machines.SelectMany(machine => Entitlements(machine.ClientId, machine.Client!, DemoPeople.AccountsPerClient, ["view"]))),
        keys = DemoPeople.All.SelectMany(person => person.Keys.Select(key => new
        {
            keyId = key.KeyId,
            client = person.Client,
            subject = person.Subject,
            algorithm = "ecdsa-p256-sha256",
            publicKeyPem = KeyFolder.PublicPem(material.SigningKeyFile(key)),
            state = key.State,
        })),
    };

    private static IEnumerable<DemoOAuthClient> Machines => DemoPeople.OAuthClients.Where(client => client.Client is not null);

    private static string[] PermissionsOf(DemoPerson person) => person.Roles.Contains("maker") ? ["view", "pay"] : ["view"];

    private static IEnumerable<object> Entitlements(string subject, string client, int accounts, string[] permissions) =>
        Enumerable.Range(1, accounts).Select(number => new { subject, account = $"acc-{client}-{number:000}", permissions });
}
