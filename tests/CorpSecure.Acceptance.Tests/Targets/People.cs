using System.Text.Json;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tokens;
using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Processes;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>Demo users, signed in at the identity's pages once, with password and one-time code; then renewed by the SDK as a portal does.</summary>
internal sealed class People(DemoDocument demo, string demoFile) : IAsyncDisposable
{
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(35);

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("corpsecure-people-");
    private readonly HttpClient http = new(GatewayTransport.Create(demo.CaFile));
    private readonly Dictionary<string, CachedTokens> signedIn = [];

    public DemoUser Anna => User("anna.keller");

    public DemoUser Rita => User("rita.ops");

    public async Task<CachedTokens> TokensOfAsync(DemoUser user)
    {
        if (signedIn.TryGetValue(user.Username, out var tokens))
            return tokens;
        var client = demo.OauthClients.Single(client => client.ClientId == "corpsec" && client.Realm == user.Realm);
        var key = SigningKey.FromPem(client.KeyId, await File.ReadAllTextAsync(client.KeyFile));
        return signedIn[user.Username] = CachedTokens.ForUser(
            http, IssuerOf(user.Realm), new OAuthClient(client.ClientId, key), await SignInAsync(user, acr: null), TimeProvider.System);
    }

    public async Task<string> TokenOfAsync(DemoUser user) => (await (await TokensOfAsync(user)).GetAsync(CancellationToken.None)).Value;

    /// <summary>A token that will still count when something slow has been done.</summary>
    public Task<string> LastingTokenOfAsync(DemoUser user) => Eventually.ValueAsync(
        async () =>
        {
            var token = await (await TokensOfAsync(user)).GetAsync(CancellationToken.None);
            return token.ExpiresAt - TimeProvider.System.GetUtcNow() > Lasting ? token.Value : null;
        },
        "a token is renewed");

    /// <summary>Signs in afresh, with <c>corpsec</c>.</summary>
    /// <param name="acr"><c>pwd</c> for a password alone.</param>
    public async Task<SignInTokens> SignInAsync(DemoUser user, string? acr)
    {
        string[] level = acr is null ? [] : ["--acr", acr];
        await new Command("dotnet", [SourceTree.Corpsec, "login", "--demo", demoFile, "--user", user.Username, .. level])
        {
            Environment = new Dictionary<string, string> { ["CORPSECURE_HOME"] = home.FullName },
        }.RunOrThrowAsync(CancellationToken.None);
        await using var file = File.OpenRead(Path.Combine(home.FullName, "default", user.Realm + ".login.json"));
        using var login = await JsonDocument.ParseAsync(file);
        string? Text(string name) => login.RootElement.GetProperty(name).GetString();
        return new SignInTokens(new AccessToken(Text("accessToken")!, login.RootElement.GetProperty("expiresAt").GetDateTimeOffset()), Text("refreshToken"), Scope: null);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var tokens in signedIn.Values)
            tokens.Dispose();
        http.Dispose();
        home.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private DemoUser User(string name) => demo.Users.Single(user => user.Username == name);

    private string IssuerOf(string realm) => (realm == "staff" ? demo.Addresses.IdentityStaff : demo.Addresses.IdentityCorporate) + "/";
}
