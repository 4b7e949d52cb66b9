using System.Security.Cryptography;
using CorpSecure.Ledger.Sealing;

namespace CorpSecure.Ledger.Tests.Sealing;

public sealed class MasterKeyTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void A_file_that_does_not_hold_32_bytes_is_refused_without_showing_them(string text)
    {
        File.WriteAllText(file, text);
        var error = Should.Throw<CryptographicException>(() => MasterKey.Load(file));
        error.Message.ShouldContain("32 bytes");
        if (text.Trim().Length > 0)
            error.ToString().ShouldNotContain(text);
    }

    [Fact]
    public void A_missing_file_is_told_as_such() => Should.Throw<FileNotFoundException>(() => MasterKey.Load(file + ".missing"));

    [Fact]
    public void The_same_file_gives_the_same_key_with_or_without_a_line_end()
    {
        var text = Convert.ToBase64String(SHA256.HashData("k"u8));
        File.WriteAllText(file, text + "\n");
        new BlindIndex(MasterKey.Load(file)).Tag("f", "v").ShouldBe(new BlindIndex(new MasterKey(SHA256.HashData("k"u8))).Tag("f", "v"));
    }

    [Fact]
    public void A_key_does_not_show_itself() => new MasterKey(new byte[32]).ToString().ShouldBe("MasterKey(redacted)");
}
