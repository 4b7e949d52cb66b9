using System.Text;
using System.Text.Json;

namespace CorpSecure.Core.Tests.Inputs;

public sealed class FactsJsonTests
{
    [Fact]
    public void A_payments_facts_are_read_as_they_were_written()
    {
        var stored = FactsJson.Write(APayment());
        var read = FactsJson.Read(stored);
        read.ShouldBeEquivalentTo(FactsJson.Read(stored));
        FactsJson.Write(read).ShouldBe(stored);
        read.Token!.AuthTime.ShouldBe(Now.AddMinutes(-5));
        read.Signature!.Nonce.ShouldBe("nonce-0001");
        read.Accounts.ShouldBe(APayment().Accounts);
    }

    [Fact]
    public void Facts_from_before_proofs_existed_come_to_the_same_decision()
    {
        var now = FactsJson.Write(ARequest());
        var before = System.Text.Json.Nodes.JsonNode.Parse(now)!;
        foreach (var name in new[] { "unbound", "keyBound", "session", "issuer", "senderFault" })
            before["token"]!.AsObject().Remove(name);
        before.AsObject().Remove("proof");
        FactsJson.Write(FactsJson.Read(Encoding.UTF8.GetBytes(before.ToJsonString()))).ShouldBe(now);
    }

    [Fact]
    public void Enumerations_are_stored_by_name_so_that_a_new_stage_changes_no_old_row() =>
        Encoding.UTF8.GetString(FactsJson.Write(APayment())).ShouldContain("\"reached\":\"Body\"");

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"decisionId\":\"019ab000-0000-7000-8000-000000000001\"}")]
    public void What_are_no_facts_is_refused(string json) => Should.Throw<JsonException>(() => FactsJson.Read(Encoding.UTF8.GetBytes(json)));
}
