using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Profiles;
using CorpSecure.Client;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tokens;
using CorpSecure.Client.Trust;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Cli.Sessions;

/// <summary>How a command wants its requests signed.</summary>
internal enum Signing
{
    Never,
    UnsafeMethods,
    Always,
}

/// <summary>A signed-in HTTP client of one realm, made with the SDK as any application would.</summary>
internal sealed class Session : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly SoftwareSigningKey _clientKey;
    private readonly SoftwareSigningKey? _signingKey;
    private readonly HttpClient _identity;
    private readonly CachedTokens _tokens;

    private Session(ProfileStore store, Realm realm, TimeProvider time, Signing signing, string? keyId, ILoggerProvider? log)
    {
        var profile = store.Read();
        var login = store.ReadLogin(realm) ?? throw new CliException(
            ExitCode.NotSignedIn, $"Not signed in ({realm.Name()}).", next: $"corpsec login --realm {realm.Name()}");
        var settings = profile.Of(realm) ?? throw CliException.Usage($"The profile '{store.Name}' lacks the {realm.Name()} realm.", "corpsec profile set");
        Address = profile.AddressOf(realm) ?? throw CliException.Usage(
            $"The profile '{store.Name}' lacks the address of the {(realm == Realm.Staff ? "ops API" : "gateway")}.",
            $"corpsec profile set {(realm == Realm.Staff ? "--ops" : "--gateway")} URL");

        _signingKey = signing == Signing.Never ? null : FindSigningKey(profile, keyId ?? login.SigningKeyId);
        _clientKey = KeyFile.Read(settings.ClientKeyId, settings.ClientKeyFile);
        _identity = new HttpClient(GatewayTransport.Create(profile.CaFile));
        _tokens = CachedTokens.ForUser(
            _identity, settings.Issuer, new OAuthClient(settings.ClientId, _clientKey), login.ToTokens(), time,
            fresh => store.WriteLogin(realm, StoredLogin.Of(fresh, login.SigningKeyId)));

        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            if (log is not null)
            {
                logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
            }
        });
        services.AddHttpClient("realm").AddCorpSecure(options =>
        {
            options.Gateway = Address;
            options.CaFile = profile.CaFile;
            options.AccessToken = _tokens.GetAsync;
            options.SigningKey = _signingKey;
            options.SignSafeMethods = signing == Signing.Always;
            options.TimeProvider = time;
        });
        _services = services.BuildServiceProvider();
        Http = _services.GetRequiredService<IHttpClientFactory>().CreateClient("realm");
    }

    public Uri Address { get; }

    public bool CanSign => _signingKey is not null;

    public HttpClient Http { get; }

    public static Session Open(
        ProfileStore store, Realm realm, TimeProvider time, Signing signing = Signing.Never, string? keyId = null, ILoggerProvider? log = null) =>
        new(store, realm, time, signing, keyId, log);

    public void Dispose()
    {
        Http.Dispose();
        _services.Dispose();
        _tokens.Dispose();
        _identity.Dispose();
        _clientKey.Dispose();
        _signingKey?.Dispose();
    }

    private static SoftwareSigningKey? FindSigningKey(Profile profile, string? keyId)
    {
        if (keyId is null)
        {
            return null;
        }
        var file = profile.SigningKeys.FirstOrDefault(key => key.KeyId == keyId) ?? throw CliException.Usage(
            $"The profile has no signing key '{keyId}'.",
            profile.SigningKeys.Count == 0
                ? "corpsec keys new, or corpsec profile set --signing-key FILE --signing-key-id KEYID"
                : $"It has: {string.Join(", ", profile.SigningKeys.Select(key => key.KeyId))}.");
        return KeyFile.Read(file);
    }
}
