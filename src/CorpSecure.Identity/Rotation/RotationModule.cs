using CorpSecure.Identity.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace CorpSecure.Identity.Rotation;

/// <summary>The keys of the authorization server: one of each kind is used, others are accepted.</summary>
public static class RotationModule
{
    public static void Add(OpenIddictServerBuilder server, IdentitySettings settings)
    {
        server.Services.AddSingleton(settings.SigningFiles);
        server.Services.AddSingleton<SigningRingWatch>();
        server.Services.AddHostedService(services => services.GetRequiredService<SigningRingWatch>());
        server.Services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(services => services.GetRequiredService<SigningRingWatch>());
        server.Services.AddOptions<OpenIddictServerOptions>()
            .Configure<SigningRingWatch>((options, ring) => Use(options, ring.Current, settings.Keys))
            .PostConfigure<SigningRingWatch>((options, ring) => PutFirst(options, ring.Current, settings.Keys));
    }

    private static void Use(OpenIddictServerOptions options, SigningRing ring, IdentityKeys keys)
    {
        options.SigningCredentials.AddRange(ring.Published.Select(key => new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256)));
        options.EncryptionCredentials.AddRange(keys.OtherTokens.Prepend(keys.Tokens).Select(key =>
            new EncryptingCredentials(key, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)));
    }

    // The server signs and encrypts with the first of its list, which it has sorted by rules of its own.
    private static void PutFirst(OpenIddictServerOptions options, SigningRing ring, IdentityKeys keys)
    {
        options.SigningCredentials.Sort((left, right) => (right.Key.KeyId == ring.Active.KeyId).CompareTo(left.Key.KeyId == ring.Active.KeyId));
        options.EncryptionCredentials.Sort((left, right) => ReferenceEquals(right.Key, keys.Tokens).CompareTo(ReferenceEquals(left.Key, keys.Tokens)));
    }
}
