namespace CorpSecure.DevHost.Demo;

/// <summary>What an identity server imports: the users and OAuth clients of its realm.</summary>
internal static class IdentityDocument
{
    public static object Make(DemoMaterial material, string realm) => new
    {
        users = DemoPeople.All.Where(person => person.Realm == realm).Select(person => new
        {
            username = person.Username,
            password = material.Password(person),
            totpSecret = material.Totp(person),
            subject = person.Subject,
            person = person.Person,
            client = person.Client,
            roles = person.Roles,
        }),
        oauthClients = DemoPeople.OAuthClients.Where(client => client.Realm == realm).Select(client => Client(material, client)),
    };

    private static Dictionary<string, object> Client(DemoMaterial material, DemoOAuthClient client)
    {
        var document = new Dictionary<string, object> { ["clientId"] = client.ClientId };
        if (client.HasCertificate)
        {
            document["tlsClientAuthSubjectDn"] = DemoMachines.SubjectOf(client.ClientId);
        }
        else
        {
            document["jwk"] = KeyFolder.PublicJwk(material.OAuthKeyFile(client), client.KeyId);
            document["keyId"] = client.KeyId;
        }

        if (client.Introspects)
        {
            document["introspects"] = true;
            return document;
        }

        document["redirectUris"] = client.RedirectUri is null ? Array.Empty<string>() : [client.RedirectUri];
        document["grants"] = client.Client is null ? [client.Grant, "refresh_token"] : new[] { client.Grant };
        document["scopes"] = client.Scope.Split(' ');
        if (client.Client is not null)
        {
            document["client"] = client.Client;
            document["subject"] = client.ClientId;
            document["person"] = client.ClientId;
            document["roles"] = new[] { "viewer" };
        }

        return document;
    }
}
