using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Profiles;
using CorpSecure.Client.Sessions;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tokens;
using CorpSecure.Client.Trust;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.Sessions;

/// <summary>A realm's stored login with what it takes to use it: this program's registration, the key of the tokens, the way to the server.</summary>
internal sealed class SignedIn : IDisposable
{
    private readonly SoftwareSigningKey _clientKey;

    private SignedIn(ProfileStore store, Realm realm, Profile profile, RealmSettings settings, StoredLogin login)
    {
        (Store, Realm, Profile, Settings, Login) = (store, realm, profile, settings, login);
        _clientKey = KeyFile.Read(settings.ClientKeyId, settings.ClientKeyFile);
        DpopKey = store.ReadDpopKey(realm);
        Identity = new HttpClient(GatewayTransport.Create(profile.CaFile));
    }

    public ProfileStore Store { get; }

    public Realm Realm { get; }

    public Profile Profile { get; }

    public RealmSettings Settings { get; }

    public StoredLogin Login { get; private set; }

    public SoftwareSigningKey DpopKey { get; }

    public HttpClient Identity { get; }

    public OAuthClient Client => new(Settings.ClientId, _clientKey);

    public static SignedIn Open(ProfileStore store, Realm realm)
    {
        var profile = store.Read();
        var login = store.ReadLogin(realm) ?? throw new CliException(
            ExitCode.NotSignedIn, $"Not signed in ({realm.Name()}).", next: $"corpsec login --realm {realm.Name()}");
        var settings = profile.Of(realm) ?? throw CliException.Usage($"The profile '{store.Name}' lacks the {realm.Name()} realm.", "corpsec profile set");
        return new SignedIn(store, realm, profile, settings, login);
    }

    /// <summary>Tokens for the gateway, or the ops API.</summary>
    public CachedTokens TokensForApi(TimeProvider time) =>
        CachedTokens.ForUser(Identity, Settings.Issuer, Client, Login.ToTokens(), time, Settings.ApiScope, Keep, DpopKey);

    /// <summary>Tokens for the authorization server itself, good for the user's sessions and nothing else.</summary>
    public CachedTokens TokensForSessions(TimeProvider time)
    {
        var ended = Login.ToTokens();
        return CachedTokens.ForUser(
            Identity, Settings.Issuer, Client, ended with { Access = ended.Access with { ExpiresAt = DateTimeOffset.MinValue } }, time, SessionsClient.Scope,
            fresh => Keep(Login.ToTokens() with { RefreshToken = fresh.RefreshToken }), DpopKey);
    }

    /// <summary>Keeps new tokens of this login.</summary>
    public void Keep(SignInTokens tokens)
    {
        Login = Login.With(tokens);
        Store.WriteLogin(Realm, Login);
    }

    public void Dispose()
    {
        Identity.Dispose();
        DpopKey.Dispose();
        _clientKey.Dispose();
    }
}
