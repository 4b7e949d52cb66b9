using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using CorpSecure.Identity.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace CorpSecure.Identity.Storage;

/// <summary>Keys of cookies and forms: in the database, so that replicas share them, and encrypted under the realm's key.</summary>
public static class StoredDataProtection
{
    public static IServiceCollection AddStoredDataProtection(this IServiceCollection services, Realm realm, IdentityKeys keys)
    {
        services.AddSingleton(keys);
        services.AddDataProtection().SetApplicationName($"corpsecure-identity-{realm.Name()}").PersistKeysToDbContext<IdentityStore>();
        services.Configure<KeyManagementOptions>(options => options.XmlEncryptor = new KeyXmlEncryptor(keys));
        return services;
    }
}

/// <summary>AES-256-GCM over the key element.</summary>
public sealed class KeyXmlEncryptor(IdentityKeys keys) : IXmlEncryptor
{
    internal const string Element = "sealed";
    internal const int NonceLength = 12;
    internal const int TagLength = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plaintext = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var box = new byte[NonceLength + plaintext.Length + TagLength];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(keys.DataProtection, TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), plaintext, box.AsSpan(NonceLength, plaintext.Length), box.AsSpan(box.Length - TagLength));
        CryptographicOperations.ZeroMemory(plaintext);
        return new EncryptedXmlInfo(new XElement(Element, Convert.ToBase64String(box)), typeof(KeyXmlDecryptor));
    }
}

/// <summary>Made by the data protection stack, by the name that is stored with each key.</summary>
public sealed class KeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly IdentityKeys keys = services.GetRequiredService<IdentityKeys>();

    public XElement Decrypt(XElement encryptedElement)
    {
        var box = Convert.FromBase64String(encryptedElement.Value);
        var plaintext = keys.OtherDataProtection.Append(keys.DataProtection).Select(key => Open(key, box)).FirstOrDefault(opened => opened is not null)
            ?? throw new CryptographicException("a data protection key is sealed under none of the realm's keys");
        return XElement.Parse(Encoding.UTF8.GetString(plaintext));
    }

    private static byte[]? Open(byte[] key, byte[] box)
    {
        var plaintext = new byte[box.Length - KeyXmlEncryptor.NonceLength - KeyXmlEncryptor.TagLength];
        using var aes = new AesGcm(key, KeyXmlEncryptor.TagLength);
        try
        {
            aes.Decrypt(box.AsSpan(0, KeyXmlEncryptor.NonceLength), box.AsSpan(KeyXmlEncryptor.NonceLength, plaintext.Length), box.AsSpan(box.Length - KeyXmlEncryptor.TagLength), plaintext);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
