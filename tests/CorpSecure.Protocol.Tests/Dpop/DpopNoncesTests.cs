using System.Security.Cryptography;
using CorpSecure.Protocol.Dpop;
using static CorpSecure.Protocol.Tests.Dpop.Forgery;

namespace CorpSecure.Protocol.Tests.Dpop;

public sealed class DpopNoncesTests
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData(0, NonceState.Fresh)]
    [InlineData(1, NonceState.Fresh)]
    [InlineData(-1, NonceState.Fresh)]
    [InlineData(2, NonceState.Ageing)]
    [InlineData(4, NonceState.Ageing)]
    [InlineData(5, NonceState.Old)]
    [InlineData(-2, NonceState.Old)]
    [InlineData(100_000, NonceState.Old)]
    public void A_nonce_ages(int minutes, NonceState state)
    {
        var nonce = new DpopNonces(key).Create(Now);
        Assert.Equal(state, new DpopNonces(key).Judge(nonce, Now.AddMinutes(minutes)));
    }

    [Fact]
    public void Another_replicas_nonce_counts_and_a_strangers_does_not()
    {
        var nonce = new DpopNonces(key).Create(Now);
        Assert.Equal(27, nonce.Length);
        Assert.Equal(NonceState.Fresh, new DpopNonces([.. key]).Judge(nonce, Now));
        Assert.Equal(NonceState.Old, new DpopNonces(RandomNumberGenerator.GetBytes(32)).Judge(nonce, Now));
    }

    [Fact]
    public void Every_altered_nonce_is_old()
    {
        var nonces = new DpopNonces(key);
        var nonce = nonces.Create(Now);
        for (var at = 0; at < nonce.Length; at++)
            Assert.Equal(NonceState.Old, nonces.Judge(string.Concat(nonce.AsSpan(0, at), nonce[at] == 'A' ? "B" : "A", nonce.AsSpan(at + 1)), Now));
        foreach (var other in (string[])[nonce + "A", nonce[1..], nonce + "=", "x", new string('A', 27), "\u00e9" + nonce[1..]])
            Assert.Equal(NonceState.Old, nonces.Judge(other, Now));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void None_is_none(string? nonce) => Assert.Equal(NonceState.Missing, new DpopNonces(key).Judge(nonce, Now));

    [Fact]
    public void A_short_key_makes_none() => Assert.Throws<ArgumentException>(() => new DpopNonces(new byte[31]));
}
