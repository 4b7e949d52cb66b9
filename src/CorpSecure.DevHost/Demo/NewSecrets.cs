using System.Security.Cryptography;
using OtpNet;

namespace CorpSecure.DevHost.Demo;

/// <summary>How each kind of secret is made.</summary>
internal static class NewSecrets
{
    private const int TotpBytes = 20;
    private const string Letters = "abcdefghijkmnpqrstuvwxyz";
    private const string Digits = "23456789";

    /// <summary>Easy to type from a screen, about 80 bits: four letters five times, and what password rules ask for.</summary>
    public static string UserPassword()
    {
        var groups = Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4));
        return $"{RandomNumberGenerator.GetString(Letters.ToUpperInvariant(), 2)}{RandomNumberGenerator.GetString(Digits, 2)}-{string.Join('-', groups)}";
    }

    /// <summary>As base32, which is what authenticator apps take.</summary>
    public static string Totp() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(TotpBytes));

    public static string Token() => RandomNumberGenerator.GetHexString(48, lowercase: true);

    public static string SymmetricKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static string SigningKeyPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
