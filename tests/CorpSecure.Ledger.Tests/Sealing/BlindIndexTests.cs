using System.Security.Cryptography;
using CorpSecure.Ledger.Sealing;

namespace CorpSecure.Ledger.Tests.Sealing;

public sealed class BlindIndexTests
{
    private readonly BlindIndex index = new(new MasterKey(SHA256.HashData("master"u8)));

    [Fact]
    public void Equal_values_have_equal_tags() => index.Tag("account", "acc-1").ShouldBe(index.Tag("account", "acc-1"));

    [Fact]
    public void Another_value_has_another_tag() => index.Tag("account", "acc-1").ShouldNotBe(index.Tag("account", "acc-2"));

    [Fact]
    public void The_same_value_in_another_field_has_another_tag() => index.Tag("account", "x").ShouldNotBe(index.Tag("payee", "x"));

    [Fact]
    public void Field_and_value_do_not_run_together() => index.Tag("ab", "c").ShouldNotBe(index.Tag("a", "bc"));

    [Fact]
    public void Another_key_gives_other_tags() =>
        new BlindIndex(new MasterKey(SHA256.HashData("other"u8))).Tag("account", "acc-1").ShouldNotBe(index.Tag("account", "acc-1"));
}
