using CorpSecure.Protocol.Merkle;

namespace CorpSecure.Protocol.Tests.Merkle;

/// <summary>The values of the Certificate Transparency reference tree.</summary>
public class LeafHashTests
{
    [Fact]
    public void An_empty_tree_hashes_to_the_hash_of_nothing() =>
        Hex(LeafHash.OfEmptyTree()).ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    [Theory]
    [InlineData("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData("4c313233343536", "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")]
    public void A_leaf_has_its_prefix(string entry, string hash) =>
        Hex(LeafHash.Of(Convert.FromHexString(entry))).ShouldBe(hash);

    [Fact]
    public void A_node_has_another_prefix() =>
        Hex(LeafHash.OfNode(LeafHash.Of([]), LeafHash.Of([0x00]))).ShouldBe("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");

    [Fact]
    public void A_node_is_not_the_leaf_of_its_children()
    {
        byte[] children = [.. LeafHash.Of([1]), .. LeafHash.Of([2])];
        LeafHash.OfNode(children.AsSpan(0, 32), children.AsSpan(32)).ShouldNotBe(LeafHash.Of(children));
        Should.Throw<ArgumentException>(() => LeafHash.OfNode(children, children));
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
