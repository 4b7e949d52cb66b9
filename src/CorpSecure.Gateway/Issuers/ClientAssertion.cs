using System.Security.Cryptography;
using CorpSecure.Gateway.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Issuers;

/// <summary>How the gateway authenticates itself to an issuer: <c>private_key_jwt</c>, for the issuer as audience, as FAPI 2.0 wants it.</summary>
public sealed class ClientAssertion
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly OtherIssuerSection section;
    private readonly TimeProvider clock;
    private readonly SigningCredentials credentials;

    /// <exception cref="CryptographicException">The file holds no P-256 key.</exception>
    public ClientAssertion(OtherIssuerSection section, TimeProvider clock)
    {
        this.section = section;
        this.clock = clock;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(section.Introspection.KeyFile));
            _ = key.ExportParameters(includePrivateParameters: true);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException("no private key, PKCS#8 PEM, on P-256", error);
        }

        if (key.KeySize != 256)
            throw new CryptographicException("the key is not on P-256");
        credentials = new(new ECDsaSecurityKey(key) { KeyId = section.Introspection.KeyId }, SecurityAlgorithms.EcdsaSha256);
    }

    public string Create()
    {
        var now = clock.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = section.Introspection.ClientId,
            Audience = section.Issuer,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = section.Introspection.ClientId, ["jti"] = RandomNumberGenerator.GetHexString(32) },
            SigningCredentials = credentials,
        });
    }

    /// <summary>Of the key file of one issuer, where introspection needs it.</summary>
    public static IEnumerable<string> Faults(GatewaySettings settings)
    {
        for (var i = 0; i < settings.Issuers.Others.Length; i++)
        {
            var section = settings.Issuers.Others[i];
            if (section.Revocation != RevocationSource.Introspection || !File.Exists(section.Introspection.KeyFile))
                continue; // said elsewhere
            var fault = Certificates.PrivateFile.Fault(section.Introspection.KeyFile) ?? Fault(section);
            if (fault is not null)
                yield return $"Issuers:Others:{i}:Introspection:KeyFile: {fault}";
        }
    }

    private static string? Fault(OtherIssuerSection section)
    {
        try
        {
            _ = new ClientAssertion(section, TimeProvider.System);
            return null;
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
