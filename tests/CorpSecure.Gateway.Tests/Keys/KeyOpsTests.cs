using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Keys;

[Collection(GatewayCollection.Name)]
public sealed class KeyOpsTests(KeyWorld keys) : IClassFixture<KeyWorld>
{
    private GatewayWorld World => keys.World;

    [Fact]
    public async Task A_security_officer_sees_the_keys_of_a_client_and_of_a_user()
    {
        var user = await keys.NewUserAsync();
        var key = await keys.EnrolAsync(user);
        (await ListAsync($"?subject=u-{user}")).ShouldBe([key.KeyId]);
        (await ListAsync("?client=huaxin")).ShouldBe(["li-1"]);
        (await ListAsync($"?client=huaxin&subject=u-{user}")).ShouldBeEmpty();
        (await ListAsync("")).ShouldContain("anna-1");
    }

    [Fact]
    public async Task A_security_officer_revokes_with_a_reason()
    {
        var user = await keys.NewUserAsync();
        var key = await keys.EnrolAsync(user);

        var answer = await World.SendAsync(Revoke("otto", key.KeyId, """{"reason":"compromised"}"""));

        answer.Status.ShouldBe(200);
        (answer.Body!.Value.GetProperty("state").GetString(), answer.Body.Value.GetProperty("revocationReason").GetString()).ShouldBe(("revoked", "compromised"));
        var entries = await World.EntriesAsync(answer.DecisionId);
        (entries[0].Text("listener"), entries[0].Text("route"), entries[1].Text("status")).ShouldBe(("ops", "keys.revoke", "200"));
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, user, key.KeyId), 401, "signature.key-revoked");
        (await keys.ListAsync(user)).ShouldHaveSingleItem().GetProperty("revocationReason").GetString().ShouldBe("compromised");
    }

    [Theory]
    [InlineData("""{"reason":"because"}""", 422, "body.invalid")]
    [InlineData("""{"reason":null}""", 422, "body.invalid")]
    [InlineData("{}", 422, "body.invalid")]
    public async Task A_reason_is_one_of_a_few(string body, int status, string code)
    {
        var answer = await World.SendAsync(Revoke("otto", "anna-1", body));
        (answer.Status, answer.Code).ShouldBe((status, code));
        (await World.QueryAsync<string>("select state from registry.keys where key_id = 'anna-1'")).ShouldBe("active");
    }

    [Fact]
    public async Task An_unknown_key_is_not_found()
    {
        var answer = await World.SendAsync(Revoke("otto", "no-such-key", """{"reason":"lost"}"""));
        (answer.Status, answer.Code).ShouldBe((404, "key.not-found"));
        (await World.EntriesAsync(answer.DecisionId)).Select(entry => entry.Kind).ShouldBe([(short)1, (short)2]);
    }

    [Theory]
    [InlineData("rita")]
    [InlineData("paul")]
    public async Task Nobody_else_of_the_staff_does(string name)
    {
        await World.ShouldRefuseAsync(Revoke(name, "anna-1", """{"reason":"lost"}"""), 403, "role.missing");
        await World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Get, "/ops/v1/keys") { Origin = World.Ops }.By(name), 403, "role.missing");
    }

    [Fact]
    public async Task The_doors_stay_apart()
    {
        await World.ShouldRefuseAsync(Revoke("adam", "anna-1", """{"reason":"lost"}"""), 401, "token.invalid");
        await World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Post, "/ops/v1/keys/anna-1/revoke").By("anna").WithJson("""{"reason":"lost"}"""), 404, "route.unknown");
        await World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Get, "/gateway/v1/keys") { Origin = World.Ops }.By("otto"), 404, "route.unknown");
    }

    private ARequest Revoke(string name, string key, string body) =>
        new ARequest(World, HttpMethod.Post, $"/ops/v1/keys/{key}/revoke") { Origin = World.Ops }.By(name).WithJson(body);

    private async Task<string[]> ListAsync(string query)
    {
        var answer = await World.SendAsync(new ARequest(World, HttpMethod.Get, "/ops/v1/keys" + query) { Origin = World.Ops }.By("otto"));
        answer.Status.ShouldBe(200);
        return [.. answer.Body!.Value.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("keyId").GetString()!)];
    }
}
