using System.Numerics;
using System.Security.Cryptography;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

/// <summary>Public keys and signatures that lenient implementations of Ed25519 take.</summary>
public sealed class Ed25519Tests : IDisposable
{
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    private readonly SoftwareSigningKey _signing = SigningKey.Generate(SignatureAlgorithm.Ed25519);
    private readonly VerificationKey _key;

    public Ed25519Tests() => _key = _signing.ToVerificationKey();

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "the neutral point")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "order 4")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080", "order 4")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "order 2")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "order 8")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", "order 8")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "order 8")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "order 8")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "the neutral point, not canonical")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "the neutral point, not canonical")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "the neutral point, not canonical")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "order 4, not canonical")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "order 4, not canonical")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "order 2, not canonical")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "not on the curve")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "not on the curve")]
    [InlineData("cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d", "of mixed order: a good point plus one of order 8")]
    public void A_public_key_outside_the_group_is_refused(string point, string why) =>
        Should.Throw<CryptographicException>(() => Open(Convert.FromHexString(point)), why);

    [Fact]
    public void S_plus_the_order_is_refused()
    {
        var signature = Sign();
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true);
        for (var times = 1; times <= 3; times++)
        {
            var larger = (s + times * Order).ToByteArray(isUnsigned: true);
            byte[] forged = [.. signature[..32], .. larger, .. new byte[32 - larger.Length]];
            _key.Verify("data"u8, forged).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_signature_with_R_of_small_order_is_refused()
    {
        byte[] forged = [1, .. new byte[63]];
        _key.Verify("data"u8, forged).ShouldBeFalse();
        forged = [.. Convert.FromHexString("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), .. new byte[32]];
        _key.Verify("data"u8, forged).ShouldBeFalse();
    }

    [Fact]
    public void Only_the_one_encoding_of_RFC_8410_is_a_key()
    {
        var encoded = _key.ExportSubjectPublicKeyInfo();
        Should.Throw<CryptographicException>(() => VerificationKey.FromSubjectPublicKeyInfo("k", [.. encoded, 0], SignatureAlgorithm.Ed25519));
        Should.Throw<CryptographicException>(() => VerificationKey.FromSubjectPublicKeyInfo("k", encoded.AsSpan(..^1), SignatureAlgorithm.Ed25519));
        encoded[8] = 0x6f; // X448, whose identifier is the neighbour
        Should.Throw<CryptographicException>(() => VerificationKey.FromSubjectPublicKeyInfo("k", encoded, SignatureAlgorithm.Ed25519));
    }

    public void Dispose()
    {
        _key.Dispose();
        _signing.Dispose();
    }

    private static VerificationKey Open(ReadOnlySpan<byte> point) => VerificationKey.FromSubjectPublicKeyInfo(
        "k", [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00, .. point], SignatureAlgorithm.Ed25519);

    private byte[] Sign()
    {
        var signature = new byte[64];
        _signing.Sign("data"u8, signature);
        return signature;
    }
}
