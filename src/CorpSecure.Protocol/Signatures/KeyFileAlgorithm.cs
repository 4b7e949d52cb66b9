using System.Formats.Asn1;
using System.Security.Cryptography;

namespace CorpSecure.Protocol.Signatures;

/// <summary>Tells what a private key in a file can sign with.</summary>
public static class KeyFileAlgorithm
{
    private const string Ed25519 = "1.3.101.112";
    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string P384 = "1.3.132.0.34";

    /// <summary>
    /// The one algorithm for a key in PEM <c>PRIVATE KEY</c> (PKCS#8, RFC 5958); null for an RSA key, which fits several, so that its
    /// owner must say which one it is registered for.
    /// </summary>
    /// <exception cref="CryptographicException">It is no private key, or one that nothing here signs with.</exception>
    public static SignatureAlgorithm? Of(ReadOnlySpan<char> pem)
    {
        var pkcs8 = PemBlock.Decode(pem, "PRIVATE KEY");
        try
        {
            var key = new AsnReader(pkcs8, AsnEncodingRules.BER).ReadSequence();
            key.ReadInteger();
            var identifier = key.ReadSequence();
            return (identifier.ReadObjectIdentifier(), CurveOf(identifier)) switch
            {
                (Ed25519, null) => SignatureAlgorithm.Ed25519,
                (EllipticCurve, P256) => SignatureAlgorithm.EcdsaP256Sha256,
                (EllipticCurve, P384) => SignatureAlgorithm.EcdsaP384Sha384,
                (Rsa, _) => null,
                _ => throw new CryptographicException("The private key is of no supported type or curve."),
            };
        }
        catch (AsnContentException malformed)
        {
            throw new CryptographicException("The PEM block holds no private key.", malformed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static string? CurveOf(AsnReader identifier) =>
        identifier.HasData && identifier.PeekTag() == Asn1Tag.ObjectIdentifier ? identifier.ReadObjectIdentifier() : null;
}
