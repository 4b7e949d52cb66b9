using System.Buffers.Text;
using System.Security.Cryptography;

namespace CorpSecure.DevHost.Demo;

/// <summary>The keys of the demo, one 0600 file each, made when first asked for.</summary>
internal sealed class KeyFolder(string directory)
{
    public string PathOf(string name) => Path.Combine(directory, name);

    /// <summary>A P-256 private key as PKCS#8 PEM; returns the file.</summary>
    public async Task<string> SigningAsync(string name, CancellationToken cancellation)
    {
        var file = PathOf(name + ".pem");
        await PrivateFile.ReadOrMakeAsync(file, NewSecrets.SigningKeyPem, cancellation);
        return file;
    }

    /// <summary>32 bytes as base64 text; returns the file.</summary>
    public async Task<string> SymmetricAsync(string name, CancellationToken cancellation)
    {
        var file = PathOf(name + ".key");
        await PrivateFile.ReadOrMakeAsync(file, NewSecrets.SymmetricKey, cancellation);
        return file;
    }

    public static string PublicPem(string file)
    {
        using var key = Load(file);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary>RFC 7517, RFC 7518 section 6.2.1.</summary>
    public static object PublicJwk(string file, string keyId)
    {
        using var key = Load(file);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC",
            crv = "P-256",
            x = Base64Url.EncodeToString(point.X),
            y = Base64Url.EncodeToString(point.Y),
            kid = keyId,
            alg = "ES256",
            use = "sig",
        };
    }

    private static ECDsa Load(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key;
    }
}
