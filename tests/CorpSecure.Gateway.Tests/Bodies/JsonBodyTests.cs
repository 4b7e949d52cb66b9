using System.Text;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Bodies;

[Collection(GatewayCollection.Name)]
public sealed class JsonBodyTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    [Theory]
    [InlineData("{")]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\",}")]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\"} {}")]
    [InlineData("{/*x*/\"debtorAccount\":\"acc-acme-001\"}")]
    [InlineData("{'debtorAccount':'acc-acme-001'}")]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\",\"amount\":NaN}")]
    [InlineData("\uFEFF{\"debtorAccount\":\"acc-acme-001\"}")]
    [InlineData("{\"debtorAccount\":\"\\ud800\"}")]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\",\"\\ud800\":1,\"\\ud801\":2}")]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\",\"creditor\":{\"\\udc00\":1}}")]
    public Task What_is_not_json_is_malformed(string json) => RefusedAsync(json, 400, "body.malformed");

    [Theory]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\",\"debtorAccount\":\"acc-acme-002\"}")]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\",\"debtor\\u0041ccount\":\"acc-acme-002\"}")]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\",\"creditor\":{\"a\":1,\"a\":2}}")]
    [InlineData("{\"debtorAccount\":\"acc-acme-001\",\"DebtorAccount\":\"acc-acme-002\"}")]
    [InlineData("{\"DEBTORACCOUNT\":\"acc-acme-002\",\"debtorAccount\":\"acc-acme-001\"}")]
    public Task A_member_twice_is_refused_however_it_is_written(string json) => RefusedAsync(json, 400, "body.duplicate-member");

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"acc-acme-001\"")]
    [InlineData("null")]
    [InlineData("{\"debtorAccount\":null}")]
    [InlineData("{\"debtorAccount\":1}")]
    [InlineData("{\"debtorAccount\":\"\"}")]
    [InlineData("{\"debtorAccount\":[\"acc-acme-001\"]}")]
    [InlineData("{\"debtorAccount\":{\"id\":\"acc-acme-001\"}}")]
    public async Task An_account_that_is_not_named_is_asked_for(string json)
    {
        var answer = await RefusedAsync(json, 422, "body.field");
        answer.Body!.Value.GetProperty("detail").GetString().ShouldBe("at /debtorAccount");
    }

    [Fact]
    public Task Nesting_without_end_is_malformed() =>
        RefusedAsync($$"""{"debtorAccount":"acc-acme-001","x":{{new string('[', 40)}}{{new string(']', 40)}}}""", 400, "body.malformed");

    [Fact]
    public Task Invalid_utf8_is_malformed() => BytesRefusedAsync([.. "{\"debtorAccount\":\"acc-acme-001\",\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8]);

    [Fact]
    public Task Overlong_utf8_is_malformed() => BytesRefusedAsync([.. "{\"debtorAccount\":\"acc-acme-001\",\"x\":\""u8, 0xC0, 0xAF, .. "\"}"u8]);

    [Fact]
    public Task Utf16_is_malformed() => BytesRefusedAsync(Encoding.Unicode.GetBytes("{\"debtorAccount\":\"acc-acme-001\"}"));

    [Fact]
    public async Task Exactly_the_signed_bytes_are_forwarded()
    {
        const string Order = " {\"reference\" : \"Ä 付款\\u0041\",\r\n\t\"debtorAccount\":\"acc-acme-001\",\"creditor\":{\"account\":\"DE89370400440532013000\",\"name\":\"O'Hara\"},\"amount\":\"1.50\",\"currency\":\"EUR\"}\n ";
        var answer = await World.SendAsync(ARequest.PaymentBy(World, "anna", "anna-1", Order));

        var call = World.Core.Calls.Latest(10, answer.DecisionId.ToString()).ShouldHaveSingleItem();
        (call.Accepted, call.Rejection).ShouldBe((true, null), "the core compares the digest of what arrived with the asserted one");
        answer.Status.ShouldBe(201);
    }

    private Task<Answer> RefusedAsync(string json, int status, string reason) =>
        World.ShouldRefuseAsync(ARequest.PaymentBy(World, "anna", "anna-1", json), status, reason);

    private Task<Answer> BytesRefusedAsync(byte[] body) =>
        World.ShouldRefuseAsync(ARequest.PaymentBy(World, "anna", "anna-1").WithBody(body), 400, "body.malformed");
}
