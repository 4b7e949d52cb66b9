using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

/// <summary>The keys of RFC 9421, appendix B.1, and thumbprints of other RFCs.</summary>
public class Rfc9421KeyTests
{
    private const string RsaPssModulus =
        "r4tmm3r20Wd_PbqvP1s2-QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct-Lh1GH45x28Rw3Ry53mm-oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTri"
        + "fbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpWgchwuYLPL-Wokqltd11nqqzi-bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZY"
        + "oA485mqcO0GVAdVw9lq4aOT9v6d-nb4bnNkQVklLQ3fVAvJm-xdDOp9LCNCN48V2pnDOkFV6-U9nV5oyc6XI2w";

    [Fact]
    public void B_1_1_and_B_1_2_are_RSA_keys_of_2048_bits()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Rfc9421Samples.RsaPublicPem);
        rsa.KeySize.ShouldBe(2048);
        using var pss = Read($$"""{"kty":"RSA","alg":"PS512","e":"AQAB","n":"{{RsaPssModulus}}"}""");
        using var expected = Rfc9421Samples.RsaPssKey();
        pss.ExportPem().ShouldBe(expected.ExportPem());
    }

    [Fact]
    public void B_1_3_in_its_two_forms_is_one_key()
    {
        using var key = Read("""{"kty":"EC","crv":"P-256","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"}""");
        using var expected = Rfc9421Samples.EllipticKey();
        key.ExportPem().ShouldBe(expected.ExportPem());
    }

    [Fact]
    public void B_1_4_in_its_forms_is_one_key()
    {
        using var key = Read("""{"kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}""");
        using var expected = Rfc9421Samples.EdwardsKey();
        using var signing = SigningKey.FromPem("test-key-ed25519", Rfc9421Samples.EdwardsPrivatePem, SignatureAlgorithm.Ed25519);
        key.ExportPem().ShouldBe(expected.ExportPem());
        signing.ExportPublicPem().ShouldBe(expected.ExportPem());
        KeyFileAlgorithm.Of(Rfc9421Samples.EdwardsPrivatePem).ShouldBe(SignatureAlgorithm.Ed25519);
    }

    [Fact]
    public void B_1_5_is_no_key_that_could_be_registered()
    {
        Should.Throw<CryptographicException>(() => Read("""{"kty":"oct","alg":"HS256"}"""));
        Should.Throw<CryptographicException>(() => Read("""{"kty":"oct","alg":"HS256","k":"uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ"}"""));
        SignatureAlgorithm.All.Select(algorithm => algorithm.JoseName).ShouldBe(["Ed25519", "ES256", "ES384", "PS512", "PS256"]);
    }

    [Fact]
    public void Ed25519_signs_as_RFC_8032_section_7_1_does()
    {
        using var key = Read("""{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","x":"PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"}""");
        var signature = Convert.FromHexString(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        key.Verify([0x72], signature).ShouldBeTrue();
        key.Verify([0x73], signature).ShouldBeFalse();
    }

    [Fact]
    public void Thumbprint_of_RFC_8037_appendix_A_3()
    {
        using var key = Read("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""");
        key.Thumbprint.ShouldBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        key.KeyId.ShouldBe(key.Thumbprint);
    }

    [Fact]
    public void Thumbprint_of_RFC_7638_section_3_1()
    {
        const string Modulus =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5Js"
            + "GY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-"
            + "bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        using var ps256 = Read($$"""{"kty":"RSA","alg":"PS256","e":"AQAB","n":"{{Modulus}}"}""");
        using var ps512 = Read($$"""{"kty":"RSA","alg":"PS512","e":"AQAB","n":"{{Modulus}}"}""");
        ps256.Thumbprint.ShouldBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        ps512.Thumbprint.ShouldBe(ps256.Thumbprint, "one key pair is one key, whatever it signs with");
        Should.Throw<CryptographicException>(() => Read($$"""{"kty":"RSA","e":"AQAB","n":"{{Modulus}}"}"""));
        Should.Throw<CryptographicException>(() => Read($$"""{"kty":"RSA","alg":"RS256","e":"AQAB","n":"{{Modulus}}"}"""));
        Should.Throw<CryptographicException>(() => Read($$"""{"kty":"RSA","alg":"PS256","use":"enc","e":"AQAB","n":"{{Modulus}}"}"""));
        Should.Throw<CryptographicException>(() => Read($$"""{"kty":"RSA","alg":"PS256","e":"Aw","n":"{{Modulus}}"}"""));
        Should.Throw<CryptographicException>(() => Read($$"""{"kty":"RSA","alg":"PS256","e":"AQAC","n":"{{Modulus}}"}"""));
        Should.Throw<CryptographicException>(() => Read($$"""{"kty":"RSA","alg":"PS256","e":"AQAAAAAB","n":"{{Modulus}}"}"""));
    }

    private static VerificationKey Read(string jwk)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(jwk));
        return VerificationKey.FromJwk(document.RootElement);
    }
}
