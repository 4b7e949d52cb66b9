using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

public class KeyTests
{
    private static readonly byte[] Data = Encoding.ASCII.GetBytes("what is signed");

    public static TheoryData<SignatureAlgorithm> Algorithms() => [.. SignatureAlgorithm.All];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_survives_its_PEM_files(SignatureAlgorithm algorithm)
    {
        using var generated = SigningKey.Generate("k1", algorithm);
        using var reopened = SigningKey.FromPem("k1", generated.ExportPrivatePem(), algorithm);
        using var published = VerificationKey.FromPem("k1", generated.ExportPublicPem(), algorithm);
        var signature = new byte[algorithm.LargestSignature];
        var length = reopened.Sign(Data, signature);

        published.Verify(Data, signature.AsSpan(0, length)).ShouldBeTrue();
        published.Verify("other"u8, signature.AsSpan(0, length)).ShouldBeFalse();
        published.ExportPem().ShouldBe(generated.ExportPublicPem());
    }

    [Fact]
    public void A_JSON_Web_Key_is_the_same_key()
    {
        using var jwk = JsonDocument.Parse("""
            {"kty":"EC","crv":"P-256","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"}
            """);
        using var key = VerificationKey.FromJwk("test-key-ecc-p256", jwk.RootElement);
        using var expected = Rfc9421Samples.EllipticKey();
        key.ExportPem().ShouldBe(expected.ExportPem());
    }

    [Theory]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"AA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0","d":"AA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA","y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0","alg":"ES384"}""")]
    [InlineData("""{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}""")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":1}""")]
    [InlineData("""["EC"]""")]
    public void A_JSON_Web_Key_that_is_not_a_whole_public_key_is_refused(string json)
    {
        using var jwk = JsonDocument.Parse(json);
        Should.Throw<CryptographicException>(() => VerificationKey.FromJwk("k1", jwk.RootElement));
    }

    [Fact]
    public void A_key_of_another_curve_is_refused_even_when_it_is_as_long()
    {
        using var larger = SigningKey.Generate("k1", SignatureAlgorithm.EcdsaP384Sha384);
        Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k1", larger.ExportPublicPem()));
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k1", brainpool.ExportSubjectPublicKeyInfoPem()));
        using var rsa = RSA.Create(1024);
        Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k1", rsa.ExportSubjectPublicKeyInfoPem(), SignatureAlgorithm.RsaPssSha512));
        Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k1", larger.ExportPrivatePem()));
        Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k1", "no key at all"));
    }

    [Fact]
    public void Parameters_give_only_their_public_part()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = VerificationKey.FromParameters("k1", pair.ExportParameters(includePrivateParameters: true));
        key.ExportPem().ShouldBe(pair.ExportSubjectPublicKeyInfoPem());
    }

    [Fact]
    public void Keys_do_not_tell_themselves()
    {
        using var key = SigningKey.Generate("anna-1");
        using var registered = key.ToVerificationKey();
        key.ToString().ShouldBe("SigningKey anna-1 (ecdsa-p256-sha256, private part redacted)");
        registered.ToString().ShouldBe("VerificationKey anna-1 (ecdsa-p256-sha256)");
        var signed = new MessageSigner(key).Sign(SignedPayment.Message(), [ComponentIdentifier.Authorization], new());
        signed.ToString().ShouldNotContain("token");
    }

    [Fact]
    public void Many_threads_may_use_one_key()
    {
        using var key = SigningKey.Generate("k1");
        using var registered = key.ToVerificationKey();
        var verified = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, n =>
        {
            Span<byte> signature = stackalloc byte[64];
            var data = BitConverter.GetBytes(n);
            key.Sign(data, signature);
            if (registered.Verify(data, signature))
                Interlocked.Increment(ref verified);
        });
        verified.ShouldBe(400);
    }
}
