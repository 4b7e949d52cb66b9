using CorpSecure.Protocol.Comparison;

namespace CorpSecure.Protocol.Tests.Comparison;

public class ConstantTimeTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("secret", "secret", true)]
    [InlineData("secret", "Secret", false)]
    [InlineData("secret", "secret ", false)]
    [InlineData("secret", "", false)]
    public void Equal_is_equal_and_nothing_else(string left, string right, bool equal)
    {
        ConstantTime.AreEqual(left, right).ShouldBe(equal);
        ConstantTime.AreEqual(System.Text.Encoding.UTF8.GetBytes(left), System.Text.Encoding.UTF8.GetBytes(right)).ShouldBe(equal);
    }
}
