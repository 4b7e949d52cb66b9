using System.Text.Json;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Profiles;

namespace CorpSecure.Cli.Demo;

/// <summary>The part of a demo's <c>demo.json</c> that corpsec uses. It holds secrets of invented people only.</summary>
internal sealed record DemoDocument(
    DemoAddresses Addresses,
    string CaFile,
    IReadOnlyList<DemoUser> Users,
    IReadOnlyList<DemoOAuthClient> OauthClients,
    IReadOnlyList<DemoSigningKey> SigningKeys)
{
    private const string CliClientId = "corpsec";

    public static DemoDocument Read(string path)
    {
        var file = Path.GetFullPath(Directory.Exists(path) ? Path.Combine(path, "demo.json") : path);
        if (!File.Exists(file))
        {
            throw CliException.Usage($"{file}: no such file.", "Start the demo first; it prints where its demo.json lies.");
        }
        try
        {
            return JsonSerializer.Deserialize<DemoDocument>(File.ReadAllText(file), JsonSerializerOptions.Web)
                is { Addresses: not null, CaFile: not null, Users: not null, OauthClients: not null } document
                    ? document.Below(Path.GetDirectoryName(file)!)
                    : throw CliException.Usage($"{file}: addresses, caFile, users or oauthClients are missing.");
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.Usage, $"{file} is not a demo document.", e.Message);
        }
    }

    /// <summary>Relative paths are relative to the document.</summary>
    private DemoDocument Below(string directory) => this with
    {
        CaFile = Path.Combine(directory, CaFile),
        OauthClients = [.. OauthClients.Select(client => client with { KeyFile = Path.Combine(directory, client.KeyFile) })],
        SigningKeys = [.. (SigningKeys ?? []).Select(key => key with { File = Path.Combine(directory, key.File) })],
    };

    public DemoUser User(string name) =>
        Users.FirstOrDefault(user => user.Username == name)
        ?? throw CliException.Usage($"The demo has no user '{name}'.", $"It has: {string.Join(", ", Users.Select(u => u.Username))}.");

    public Profile ToProfile() => new()
    {
        Gateway = Addresses.Gateway,
        Ops = Addresses.Ops,
        CaFile = CaFile,
        Corporate = RealmOf(Realm.Corporate, Addresses.IdentityCorporate),
        Staff = RealmOf(Realm.Staff, Addresses.IdentityStaff),
        SigningKeys = [.. (SigningKeys ?? []).Select(key => new SigningKeyFile(key.KeyId, key.File, key.Algorithm))],
    };

    private RealmSettings? RealmOf(Realm realm, Uri identity) =>
        OauthClients
            .Where(client => client.ClientId == CliClientId && client.Realm == realm.Name() && client.Grant == "authorization_code")
            .Select(client => new RealmSettings(
                identity.AbsoluteUri, client.ClientId, client.KeyFile, client.KeyId, RealmSettings.Lasting(client.Scope), client.RedirectUri?.AbsolutePath ?? "/callback"))
            .FirstOrDefault();
}

internal sealed record DemoAddresses(Uri Gateway, Uri Ops, Uri IdentityCorporate, Uri IdentityStaff);

internal sealed record DemoUser(string Username, string Password, string? TotpSecret, string Realm, string? Subject, string? SigningKey);

internal sealed record DemoOAuthClient(
    string ClientId, string Realm, string KeyFile, string KeyId, Uri? RedirectUri, string Grant, string Scope);

internal sealed record DemoSigningKey(string KeyId, string File, string? Algorithm = null);
