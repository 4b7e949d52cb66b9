using System.Buffers.Text;
using CorpSecure.Protocol.Encodings;
using Xunit;

namespace CorpSecure.Protocol.Tests.Encodings;

public sealed class CanonicalBase64UrlTests
{
    [Theory] // RFC 4648 section 10 without the padding, and both characters in which base64url differs
    [InlineData("Zg", "66")]
    [InlineData("Zm8", "666F")]
    [InlineData("Zm9v", "666F6F")]
    [InlineData("Zm9vYg", "666F6F62")]
    [InlineData("Zm9vYmE", "666F6F6261")]
    [InlineData("Zm9vYmFy", "666F6F626172")]
    [InlineData("-_-_", "FBFFBF")]
    public void The_one_spelling_is_read(string text, string value)
    {
        Assert.True(CanonicalBase64Url.Is(text));
        Assert.Equal(Convert.FromHexString(value), CanonicalBase64Url.Decode(text));
        var bytes = new byte[CanonicalBase64Url.LargestLength(text.Length)];
        Assert.True(CanonicalBase64Url.TryDecode(text, bytes, out var written));
        Assert.Equal(Convert.FromHexString(value), bytes[..written]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")] // six bits are no byte
    [InlineData("Zm9vY")]
    [InlineData("Zg==")] // padding, whole and half
    [InlineData("Zg=")]
    [InlineData("Zm8=")]
    [InlineData("Zh")] // bits that stand for nothing: these four also read as "f", in the lowest and the highest of them
    [InlineData("Zo")]
    [InlineData("Zm9")] // and in the two of a group of three
    [InlineData("Zm-")]
    [InlineData("+/+/")] // the alphabet of base64
    [InlineData("Zm9v Yg")] // white space, which Base64Url itself skips
    [InlineData("Zm9v\n")]
    [InlineData(" Zm9v")]
    [InlineData("Zm9v.")]
    [InlineData("Zm9\0")]
    [InlineData("Zm9\u00E4")]
    [InlineData("\uFF3Am9v")] // a full-width Z
    public void Any_other_text_is_refused(string text)
    {
        Assert.False(CanonicalBase64Url.Is(text));
        Assert.Null(CanonicalBase64Url.Decode(text));
        Assert.False(CanonicalBase64Url.TryDecode(text, new byte[16], out var written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Of_all_texts_that_read_as_one_byte_exactly_one_is_canonical()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var canonical = from first in alphabet from second in alphabet let text = $"{first}{second}" where CanonicalBase64Url.Is(text) select text;
        Assert.Equal(Enumerable.Range(0, 256).Select(b => Base64Url.EncodeToString([(byte)b])), canonical);
    }

    [Fact]
    public void A_destination_that_is_too_short_is_no_reading()
    {
        Assert.False(CanonicalBase64Url.TryDecode("Zm9v", new byte[2], out var written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Nothing_is_allocated_to_look_and_to_decode()
    {
        var text = Base64Url.EncodeToString(new byte[3000]);
        var bytes = new byte[3000];
        Look(text, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Look(text, bytes);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Look(string text, byte[] bytes) =>
        Assert.True(CanonicalBase64Url.Is(text) && CanonicalBase64Url.TryDecode(text, bytes, out _));
}
