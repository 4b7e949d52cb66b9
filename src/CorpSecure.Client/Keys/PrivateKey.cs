using System.Buffers.Text;
using System.Security.Cryptography;

namespace CorpSecure.Client.Keys;

/// <summary>
/// An ECDSA P-256 private key with the identifier under which the other side knows its public half.
/// Signs OAuth client assertions (RFC 7523) and HTTP messages (RFC 9421). Safe for concurrent use.
/// </summary>
public sealed class PrivateKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _signing = new();

    private PrivateKey(string keyId, ECDsa key)
    {
        KeyId = keyId;
        _key = key;
    }

    /// <summary>The identifier of the public key: the <c>kid</c> of a JWT, the <c>keyid</c> of a message signature.</summary>
    public string KeyId { get; }

    /// <summary>Reads a key from PEM text (PKCS#8 <c>PRIVATE KEY</c> or SEC 1 <c>EC PRIVATE KEY</c>, not encrypted).</summary>
    /// <param name="keyId">The identifier of the public key.</param>
    /// <param name="pem">The PEM text.</param>
    /// <exception cref="CryptographicException">The text holds no key, or its curve is not P-256.</exception>
    public static PrivateKey FromPem(string keyId, ReadOnlySpan<char> pem)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            RequireP256(key, keyId);
            return new PrivateKey(keyId, key);
        }
        catch (ArgumentException e)
        {
            key.Dispose();
            throw new CryptographicException($"Key '{keyId}': no unencrypted EC private key in the PEM text.", e);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Reads a key from a PEM file.</summary>
    /// <param name="keyId">The identifier of the public key.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">The file holds no key, or its curve is not P-256.</exception>
    public static PrivateKey FromPemFile(string keyId, string path) => FromPem(keyId, File.ReadAllText(path));

    /// <summary>Signs with ECDSA and SHA-256: 64 bytes, r and s one after the other (RFC 7518 section 3.4, RFC 9421 section 3.3.4).</summary>
    /// <param name="data">The bytes to sign.</param>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_signing)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <summary>A compact JWS over the two parts with this key (RFC 7515 section 7.1).</summary>
    internal string SignCompact(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(System.Text.Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Names the key, never its value.</summary>
    public override string ToString() => $"PrivateKey({KeyId}, [redacted])";

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    private static void RequireP256(ECDsa key, string keyId)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        if (parameters.Curve.Oid?.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new CryptographicException($"Key '{keyId}' is not on the curve P-256, which ES256 needs.");
        }
    }
}
