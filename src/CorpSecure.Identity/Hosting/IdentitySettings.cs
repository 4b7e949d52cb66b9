using System.Net;
using CorpSecure.Identity.Mtls;
using CorpSecure.Identity.Rotation;
using CorpSecure.Identity.Storage;
using CorpSecure.Ledger;

namespace CorpSecure.Identity.Hosting;

/// <summary>The whole configuration, read and checked once, before anything listens.</summary>
public sealed record IdentitySettings
{
    public static readonly TimeSpan LifeOfAccessTokens = TimeSpan.FromMinutes(2);

    public required Realm Realm { get; init; }

    /// <summary>With its trailing slash, exactly as tokens carry it.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>The <c>aud</c> of access tokens.</summary>
    public required string Audience { get; init; }

    /// <summary>The scope that asks for that audience.</summary>
    public required string Scope { get; init; }

    public required IdentityKeys Keys { get; init; }

    /// <summary>Where the signing keys are, for those who read them again.</summary>
    public required SigningKeyFiles SigningFiles { get; init; }

    public required ListenerSettings Listener { get; init; }

    /// <summary>The door for client certificates; null when there is none.</summary>
    public MtlsListenerSettings? Mtls { get; init; }

    /// <summary>Always with the realm's schema as its search path.</summary>
    public required string ConnectionString { get; init; }

    public required LedgerOptions Ledger { get; init; }

    public TimeSpan AccessTokenLifetime { get; init; } = LifeOfAccessTokens;

    public SignInLimits Limits { get; init; } = new();

    /// <exception cref="ConfigurationFaultsException">Lists every fault.</exception>
    public static IdentitySettings Load(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var realm = reader.RealmValue("Identity:Realm");
        var connection = reader.Connection("Database:ConnectionString");
        var issuer = reader.HttpsOrigin("Identity:Issuer");
        var limits = SignInLimits.Read(reader);
        var settings = new
        {
            Audience = reader.Text("Identity:Audience"),
            Scope = reader.Text("Identity:Scope"),
            Signing = reader.From("Identity:SigningKeyFile", IdentityKeys.LoadSigning),
            Encryption = reader.From("Identity:EncryptionKeyFile", IdentityKeys.LoadEncryption),
            OtherEncryption = reader.EachFrom("Identity:OtherEncryptionKeyFiles", IdentityKeys.LoadEncryption),
            SigningFiles = SigningKeyFiles.Read(reader),
            // A token that outlived an idle session would keep it alive without a refresh to notice.
            Lifetime = reader.Duration(
                "Identity:AccessTokenLifetime", LifeOfAccessTokens < limits.IdleSession ? LifeOfAccessTokens : limits.IdleSession, TimeSpan.FromSeconds(30), limits.IdleSession),
            Address = reader.Address("Listener:Address"),
            Port = reader.Port("Listener:Port"),
            Certificate = reader.CertificatePair("Listener:CertificateFile", "Listener:KeyFile"),
            Replica = reader.Text("Ledger:Replica").Replace("{host}", Environment.MachineName, StringComparison.Ordinal),
            MasterKey = reader.From("Ledger:MasterKeyFile", file => { _ = CorpSecure.Ledger.Sealing.MasterKey.Load(file); return file; }),
            Mtls = MtlsListenerSettings.Read(reader, issuer),
        };
        reader.ThrowOnFaults();

        return new IdentitySettings
        {
            Realm = realm,
            Issuer = issuer!,
            Audience = settings.Audience,
            Scope = settings.Scope,
            Keys = new IdentityKeys(settings.Signing!, settings.Encryption!, settings.OtherEncryption),
            SigningFiles = settings.SigningFiles,
            Listener = new ListenerSettings(settings.Address ?? IPAddress.Loopback, settings.Port, settings.Certificate!),
            ConnectionString = RealmConnection.For(realm, connection),
            Ledger = new LedgerOptions { Replica = settings.Replica, MasterKeyFile = settings.MasterKey!, ConnectionString = connection },
            Mtls = settings.Mtls,
            AccessTokenLifetime = settings.Lifetime,
            Limits = limits,
        };
    }
}
