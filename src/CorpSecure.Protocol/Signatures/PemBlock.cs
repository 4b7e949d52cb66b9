using System.Security.Cryptography;

namespace CorpSecure.Protocol.Signatures;

/// <summary>Reads the one PEM block of a text.</summary>
internal static class PemBlock
{
    public static byte[] Decode(ReadOnlySpan<char> pem, string label)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].SequenceEqual(label))
            throw new CryptographicException($"No PEM block labelled {label}.");
        var bytes = new byte[fields.DecodedDataLength];
        if (!Convert.TryFromBase64Chars(pem[fields.Base64Data], bytes, out var written) || written != bytes.Length)
            throw new CryptographicException($"The PEM block labelled {label} is damaged.");
        return bytes;
    }
}
