using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.SignIn;
using CorpSecure.Client;
using CorpSecure.Client.Tokens;
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
    private readonly SignedIn _signedIn;
    private readonly ServiceProvider _services;
    private readonly SoftwareSigningKey? _signingKey;
    private readonly CachedTokens _tokens;

    private Session(SignedIn signedIn, Uri address, CachedTokens tokens, SoftwareSigningKey? signingKey, Action<CorpSecureOptions> configure, TimeProvider time, ILoggerProvider? log)
    {
        (_signedIn, _tokens, _signingKey) = (signedIn, tokens, signingKey);
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
            options.Gateway = address;
            options.CaFile = signedIn.Profile.CaFile;
            options.AccessToken = tokens.GetAsync;
            options.DpopKey = signedIn.DpopKey;
            options.SigningKey = signingKey;
            options.TimeProvider = time;
            configure(options);
        });
        _services = services.BuildServiceProvider();
        Http = _services.GetRequiredService<IHttpClientFactory>().CreateClient("realm");
    }

    public bool CanSign => _signingKey is not null;

    public HttpClient Http { get; }

    /// <summary>For the gateway, or the ops API; a step-up that is asked for is made.</summary>
    public static Session Open(
        ProfileStore store, Realm realm, Shell shell, TimeProvider time, Signing signing = Signing.Never, string? keyId = null, ILoggerProvider? log = null)
    {
        var signedIn = SignedIn.Open(store, realm);
        var address = signedIn.Profile.AddressOf(realm) ?? throw CliException.Usage(
            $"The profile '{store.Name}' lacks the address of the {(realm == Realm.Staff ? "ops API" : "gateway")}.",
            $"corpsec profile set {(realm == Realm.Staff ? "--ops" : "--gateway")} URL");
        var signingKey = signing == Signing.Never ? null : FindSigningKey(signedIn.Profile, keyId ?? signedIn.Login.SigningKeyId);
        var tokens = signedIn.TokensForApi(time);
        tokens.SignInAnew = new StepUpRun(signedIn, shell, time).RunAsync;
        return new Session(
            signedIn, address, tokens, signingKey,
            options =>
            {
                options.SignSafeMethods = signing == Signing.Always;
                options.StepUp = tokens.StepUpAsync;
            },
            time, log);
    }

    /// <summary>For the authorization server's list of the user's sessions.</summary>
    public static Session OpenAtIssuer(ProfileStore store, Realm realm, TimeProvider time)
    {
        var signedIn = SignedIn.Open(store, realm);
        return new Session(signedIn, new Uri(signedIn.Settings.Issuer), signedIn.TokensForSessions(time), signingKey: null, _ => { }, time, log: null);
    }

    public void Dispose()
    {
        Http.Dispose();
        _services.Dispose();
        _tokens.Dispose();
        _signedIn.Dispose();
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
