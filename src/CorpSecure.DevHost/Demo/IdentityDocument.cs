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
        oauthClients = DemoPeople.OAuthClients.Where(client => client.Realm == realm).Select(client => new
        {
            clientId = client.ClientId,
            jwk = KeyFolder.PublicJwk(material.OAuthKeyFile(client), client.KeyId),
            keyId = client.KeyId,
            redirectUris = client.RedirectUri is null ? Array.Empty<string>() : [client.RedirectUri],
            grants = client.Client is null ? [client.Grant, "refresh_token"] : new[] { client.Grant },
            scopes = new[] { client.Scope },
            client = client.Client,
            subject = client.Client is null ? null : client.ClientId,
            person = client.Client is null ? null : client.ClientId,
            roles = client.Client is null ? Array.Empty<string>() : ["viewer"],
        }),
    };
}
