using System.Text.Json;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tokens;
using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.DevHost.Tour;

/// <summary>A demo user whom <c>corpsec</c> signed in; the SDK renews the tokens, as in a portal.</summary>
internal sealed class TourPerson : IDisposable
{
    private readonly HttpClient http;
    private readonly SoftwareSigningKey clientKey;

    private TourPerson(DemoDocument demo, string home, string realm, SignInTokens tokens, TimeProvider time)
    {
        Home = home;
        http = new HttpClient(GatewayTransport.Create(demo.CaFile));
        var client = demo.OauthClients.Single(each => each.ClientId == "corpsec" && each.Realm == realm);
        clientKey = SigningKey.FromPem(client.KeyId, File.ReadAllText(client.KeyFile));
        DpopKey = SigningKey.FromPem("dpop", File.ReadAllText(Path.Combine(home, "default", realm + ".dpop.pem")));
        var issuer = (realm == "staff" ? demo.Addresses.IdentityStaff : demo.Addresses.IdentityCorporate) + "/";
        SignedIn = tokens;
        Tokens = CachedTokens.ForUser(http, issuer, new OAuthClient(client.ClientId, clientKey), tokens, time, dpopKey: DpopKey);
    }

    /// <summary>Where corpsec keeps the login.</summary>
    public string Home { get; }

    public SoftwareSigningKey DpopKey { get; }

    public CachedTokens Tokens { get; }

    /// <summary>The tokens as they were at the sign-in.</summary>
    public SignInTokens SignedIn { get; }

    /// <param name="home">The folder that corpsec was given.</param>
    public static async Task<TourPerson> OfAsync(DemoDocument demo, string home, string realm, TimeProvider time, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(Path.Combine(home, "default", realm + ".login.json"));
        using var login = await JsonDocument.ParseAsync(file, default, cancellation);
        string? Text(string name) => login.RootElement.GetProperty(name).GetString();
        var access = new AccessToken(Text("accessToken")!, login.RootElement.GetProperty("expiresAt").GetDateTimeOffset());
        return new TourPerson(demo, home, realm, new SignInTokens(access, Text("refreshToken"), Scope: null), time);
    }

    /// <summary>With the token of the moment and its own key.</summary>
    public async Task<TourCaller> CallerAsync(CancellationToken cancellation) => new((await Tokens.GetAsync(cancellation)).Value, DpopKey);

    public void Dispose()
    {
        Tokens.Dispose();
        http.Dispose();
        clientKey.Dispose();
        DpopKey.Dispose();
    }
}
