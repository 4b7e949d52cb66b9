using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Signatures;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace CorpSecure.Protocol.Tests.Signatures;

/// <summary>Each algorithm with what looks like its signatures and keys and is none.</summary>
public class AlgorithmTests
{
    private static readonly byte[] Data = Encoding.ASCII.GetBytes("\"@method\": POST");
    private static readonly Dictionary<string, SoftwareSigningKey> Keys = SignatureAlgorithm.All.ToDictionary(a => a.Name, SigningKey.Generate);

    public static TheoryData<string> Algorithms() => [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_message_signed_with_it_verifies_and_no_other_does(string name)
    {
        using var key = Keys[name].ToVerificationKey();
        var message = SignedPayment.Message();
        var signed = new MessageSigner(Keys[name]).Sign(message, [ComponentIdentifier.Method, ComponentIdentifier.TargetUri], new() { Algorithm = key.Algorithm.RegisteredName });
        Rfc9421Samples.Verify(message, signed.SignatureInput, signed.Signature, key).ShouldBeNull();
        Rfc9421Samples.Verify(SignedPayment.Message(method: "PUT"), signed.SignatureInput, signed.Signature, key).ShouldBe(SignatureFault.Invalid);
        Rfc9421Samples.Verify(SignedPayment.Message(SignedPayment.Uri + "1"), signed.SignatureInput, signed.Signature, key).ShouldBe(SignatureFault.Invalid);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_claim_of_any_other_algorithm_is_refused_before_anything_is_verified(string name)
    {
        using var key = Keys[name].ToVerificationKey();
        var message = SignedPayment.Message();
        var signed = new MessageSigner(Keys[name]).Sign(message, [ComponentIdentifier.Method], new() { Created = SignedPayment.Now });
        string[] claims = ["ed25519", "ecdsa-p256-sha256", "ecdsa-p384-sha384", "rsa-pss-sha512", "rsa-v1_5-sha256", "hmac-sha256", "PS256", "ES256", "RS256", "none", "", "Ed25519"];
        foreach (var claim in claims.Where(claim => claim != key.Algorithm.RegisteredName))
            Rfc9421Samples.Verify(message, signed.SignatureInput + $";alg=\"{claim}\"", signed.Signature, key).ShouldBe(SignatureFault.AlgorithmMismatch, claim);
    }

    [Fact]
    public void PS256_is_never_claimed_and_a_signer_cannot_be_made_to()
    {
        SignatureAlgorithm.RsaPssSha256.RegisteredName.ShouldBeNull();
        SignatureAlgorithm.RsaPssSha256.Name.ShouldBe("PS256");
        Should.Throw<ArgumentException>(() => new MessageSigner(Keys["PS256"]).Sign(SignedPayment.Message(), [ComponentIdentifier.Method], new() { Algorithm = "PS256" }));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Zeroes_ones_and_other_lengths_are_no_signature(string name)
    {
        using var key = Keys[name].ToVerificationKey();
        var signature = Sign(name);
        key.Verify(Data, signature).ShouldBeTrue();
        key.Verify(Data, new byte[signature.Length]).ShouldBeFalse();
        key.Verify(Data, [.. Enumerable.Repeat((byte)0xFF, signature.Length)]).ShouldBeFalse();
        key.Verify(Data, []).ShouldBeFalse();
        key.Verify(Data, signature.AsSpan(1)).ShouldBeFalse();
        key.Verify(Data, signature.AsSpan(..^1)).ShouldBeFalse();
        key.Verify(Data, [.. signature, 0]).ShouldBeFalse();
        key.Verify(Data, [0, .. signature]).ShouldBeFalse();
        foreach (var half in new[] { new Range(0, signature.Length / 2), new Range(signature.Length / 2, signature.Length) })
        {
            var spoiled = (byte[])signature.Clone();
            spoiled.AsSpan(half).Clear();
            key.Verify(Data, spoiled).ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_signature_by_another_algorithm_is_none(string name)
    {
        using var key = Keys[name].ToVerificationKey();
        foreach (var other in SignatureAlgorithm.All.Where(other => other.Name != name))
            key.Verify(Data, Sign(other.Name)).ShouldBeFalse(other.Name);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_opens_under_its_own_algorithm_only(string name)
    {
        foreach (var other in SignatureAlgorithm.All.Where(other => other.Name != name && !(IsRsa(name) && IsRsa(other.Name))))
        {
            Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k", Keys[name].ExportPublicPem(), other), other.Name);
            Should.Throw<CryptographicException>(() => SigningKey.FromPem("k", Keys[name].ExportPrivatePem(), other), other.Name);
        }
        KeyFileAlgorithm.Of(Keys[name].ExportPrivatePem())?.Name.ShouldBe(IsRsa(name) ? null : name);
        Should.Throw<CryptographicException>(() => KeyFileAlgorithm.Of(Keys[name].ExportPublicPem()));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_JSON_Web_Key_carries_a_key_there_and_back(string name)
    {
        using var key = Keys[name].ToVerificationKey();
        using var document = JsonDocument.Parse(key.ExportJwk());
        using var read = VerificationKey.FromJwk(document.RootElement);
        (read.ExportPem(), read.Algorithm, read.KeyId).ShouldBe((key.ExportPem(), key.Algorithm, key.Thumbprint));
        Keys[name].KeyId.ShouldBe(key.Thumbprint);
        key.Thumbprint.Length.ShouldBe(43);
    }

    [Theory]
    [InlineData("PS256", 0)]
    [InlineData("PS256", 20)]
    [InlineData("PS256", 64)]
    [InlineData("rsa-pss-sha512", 0)]
    [InlineData("rsa-pss-sha512", 32)]
    public void A_salt_of_another_length_is_refused(string name, int salt)
    {
        using var key = Keys[name].ToVerificationKey();
        key.Verify(Data, SaltedSignature(name, salt)).ShouldBeFalse();
        key.Verify(Data, SaltedSignature(name, name == "PS256" ? 32 : 64)).ShouldBeTrue("the same code with the right salt");
    }

    [Theory]
    [InlineData("PS256")]
    [InlineData("rsa-pss-sha512")]
    public void An_RSA_signature_plus_the_modulus_is_refused(string name)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Keys[name].ExportPublicPem());
        var modulus = new BigInteger(rsa.ExportParameters(false).Modulus, isUnsigned: true, isBigEndian: true);
        using var key = Keys[name].ToVerificationKey();
        var sum = (new BigInteger(Sign(name), isUnsigned: true, isBigEndian: true) + modulus).ToByteArray(isUnsigned: true, isBigEndian: true);
        key.Verify(Data, sum).ShouldBeFalse();
    }

    [Fact]
    public void An_RSA_key_has_2048_to_8192_bits()
    {
        using var small = RSA.Create(2040);
        Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k", small.ExportSubjectPublicKeyInfoPem(), SignatureAlgorithm.RsaPssSha256));
        var modulus = new byte[1025];
        Array.Fill(modulus, (byte)0xA5);
        var jwk = $$"""{"kty":"RSA","alg":"PS256","e":"AQAB","n":"{{System.Buffers.Text.Base64Url.EncodeToString(modulus)}}"}""";
        Should.Throw<CryptographicException>(() => VerificationKey.FromJwk(JsonDocument.Parse(jwk).RootElement));
    }

    [Theory]
    [InlineData(nameof(ECCurve.NamedCurves.brainpoolP256r1), "ecdsa-p256-sha256")]
    [InlineData(nameof(ECCurve.NamedCurves.brainpoolP384r1), "ecdsa-p384-sha384")]
    public void A_curve_of_the_same_size_is_another_curve(string curve, string name)
    {
        SignatureAlgorithm.TryFind(name, out var algorithm).ShouldBeTrue();
        using var other = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k", other.ExportSubjectPublicKeyInfoPem(), algorithm));
    }

    [Fact]
    public void A_curve_given_by_its_parameters_is_refused_even_if_it_is_the_right_one()
    {
        using var named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: false));
        Should.Throw<CryptographicException>(() => VerificationKey.FromPem("k", key.ExportSubjectPublicKeyInfoPem(), SignatureAlgorithm.EcdsaP256Sha256));
    }

    private static bool IsRsa(string name) => name is "PS256" or "rsa-pss-sha512";

    private static byte[] Sign(string name)
    {
        var signature = new byte[Keys[name].Algorithm.LargestSignature];
        return signature[..Keys[name].Sign(Data, signature)];
    }

    private static byte[] SaltedSignature(string name, int salt)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Keys[name].ExportPrivatePem());
        var signer = new PssSigner(new RsaBlindedEngine(), name == "PS256" ? new Sha256Digest() : new Sha512Digest(), salt);
        signer.Init(forSigning: true, DotNetUtilities.GetRsaKeyPair(rsa).Private);
        signer.BlockUpdate(Data);
        return signer.GenerateSignature();
    }
}
