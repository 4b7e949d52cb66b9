using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Tests.World;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Gateway.Tests.Keys;

[Collection(GatewayCollection.Name)]
public sealed class LifeCycleTests(KeyWorld keys) : IClassFixture<KeyWorld>
{
    private GatewayWorld World => keys.World;

    [Theory]
    [InlineData("retire", "retired", "signature.key-retired")]
    [InlineData("revoke", "revoked", "signature.key-revoked")]
    public async Task A_key_that_was_ended_signs_nothing_from_that_moment(string verb, string state, string reason)
    {
        var user = await keys.NewUserAsync();
        var key = await keys.EnrolAsync(user);
        (await World.SendAsync(ARequest.PaymentBy(World, user, key.KeyId))).Status.ShouldBe(201);

        var answer = await World.SendAsync(keys.End(user, key.KeyId, verb));

        (answer.Status, answer.Body!.Value.GetProperty("state").GetString()).ShouldBe((200, state));
        var entries = await World.EntriesAsync(answer.DecisionId);
        (entries[0].Text("route"), entries[1].Text("status")).ShouldBe(($"keys.{verb}", "200"));
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, user, key.KeyId), 401, reason);
        (await World.SendAsync(keys.End(user, key.KeyId, verb))).Status.ShouldBe(200, "to end it again changes nothing");
    }

    [Fact]
    public async Task States_only_ever_go_on()
    {
        var user = await keys.NewUserAsync();
        var key = await keys.EnrolAsync(user);
        (await World.SendAsync(keys.End(user, key.KeyId, "retire"))).Status.ShouldBe(200);
        (await World.SendAsync(keys.End(user, key.KeyId, "revoke"))).Status.ShouldBe(200);
        await keys.ShouldEndInAsync(keys.End(user, key.KeyId, "retire"), 409, "key.ended");
        await World.ShouldRefuseAsync(keys.Enrolment(user, key), 409, "key.registered");
        var listed = (await keys.ListAsync(user)).ShouldHaveSingleItem();
        listed.GetProperty("state").GetString().ShouldBe("revoked");
        listed.GetProperty("retiredAt").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(listed.GetProperty("revokedAt").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("retire")]
    [InlineData("revoke")]
    public async Task Anothers_key_does_not_exist(string verb)
    {
        var (owner, other) = (await keys.NewUserAsync(), await keys.NewUserAsync());
        var key = await keys.EnrolAsync(owner);
        foreach (var id in (string[])[key.KeyId, "li-1", "no-such-key"])
            await keys.ShouldEndInAsync(keys.End(other, id, verb), 404, "key.not-found");
        (await World.SendAsync(ARequest.PaymentBy(World, owner, key.KeyId))).Status.ShouldBe(201);
        (await keys.ListAsync(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_admin_sees_and_ends_the_keys_of_the_client_and_of_no_other()
    {
        var owner = await keys.NewUserAsync();
        var key = await keys.EnrolAsync(owner);
        (await keys.ListAsync("adam")).Select(listed => listed.GetProperty("client").GetString()).Distinct().ShouldBe(["acme"]);
        (await keys.ListAsync("adam")).ShouldContain(listed => listed.GetProperty("keyId").GetString() == key.KeyId);
        await keys.ShouldEndInAsync(keys.End("adam", "li-1", "revoke"), 404, "key.not-found");
        (await World.SendAsync(keys.End("adam", key.KeyId, "revoke"))).Status.ShouldBe(200);
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, owner, key.KeyId), 401, "signature.key-revoked");
    }

    [Fact]
    public async Task A_role_that_only_the_token_claims_makes_no_admin()
    {
        var (owner, other) = (await keys.NewUserAsync(), await keys.NewUserAsync());
        var key = await keys.EnrolAsync(owner);
        var claims = People.Claims(World, other);
        claims["roles"] = new[] { "client-admin" };
        await keys.ShouldEndInAsync(keys.End(other, key.KeyId, "revoke").WithToken(World.Corporate.Token(claims)), 404, "key.not-found");
    }

    [Fact]
    public async Task A_revoked_key_can_be_revoked_without_having_it()
    {
        var user = await keys.NewUserAsync();
        var key = keys.NewKey();
        (await World.SendAsync(keys.Enrolment(user, key))).Status.ShouldBe(201);
        (await World.SendAsync(keys.End(user, key.KeyId, "revoke"))).Status.ShouldBe(200, "not signed, and not past the cooling-off either");
        await World.PassAsync(TimeSpan.FromHours(13));
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, user, key.KeyId), 401, "signature.key-revoked");
    }

    [Fact]
    public async Task A_damaged_row_takes_no_other_key_with_it()
    {
        var user = await keys.NewUserAsync();
        var key = await keys.EnrolAsync(user);
        await World.RegisterAsync(
            $"insert into registry.keys (key_id, client, subject, algorithm, public_key_pem, state) values ('damaged', 'acme', 'u-{user}', 'ed25519', 'no key', 'active');"
            + $"insert into registry.keys (key_id, client, subject, algorithm, public_key_pem, state) select 'of-tomorrow', client, subject, 'sm2', public_key_pem, 'active' from registry.keys where key_id = '{key.KeyId}'");
        (await World.SendAsync(ARequest.PaymentBy(World, user, key.KeyId))).Status.ShouldBe(201);
        World.Keys["of-tomorrow"] = CorpSecure.Protocol.Signatures.SigningKey.FromPem("of-tomorrow", key.ExportPrivatePem(), key.Algorithm);
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, user, "of-tomorrow"), 401, "signature.key-unknown");
        World.Service<RegistryFeed>().Current.UnreadableKeys.ShouldBe(["damaged", "of-tomorrow"], ignoreOrder: true);
        await World.RegisterAsync("delete from registry.keys where key_id in ('damaged', 'of-tomorrow')");
    }
}

[Collection(GatewayCollection.Name)]
public sealed class RevocationAtReplicasTests(KeyWorld keys) : IClassFixture<KeyWorld>
{
    [Theory]
    [InlineData("retire", "signature.key-retired")]
    [InlineData("revoke", "signature.key-revoked")]
    public async Task A_key_ended_at_one_replica_is_refused_by_the_other_within_five_seconds(string verb, string reason)
    {
        var world = keys.World;
        var user = await keys.NewUserAsync();
        var key = await keys.EnrolAsync(user);
        var port = FreePort.Take();
        await using var replica = await world.StartReplicaAsync($"gateway-{verb}", port);
        (await world.SendAsync(Through(port, ARequest.PaymentBy(world, user, key.KeyId)))).Status.ShouldBe(201);

        (await world.SendAsync(keys.End(user, key.KeyId, verb))).Status.ShouldBe(200);

        await world.ShouldRefuseAsync(ARequest.PaymentBy(world, user, key.KeyId), 401, reason);
        var feeds = new[] { replica.Services.GetRequiredService<RegistryFeed>(), world.Service<RegistryFeed>() };
        for (var seconds = 0; seconds < RegistryFeed.MaximumAge.TotalSeconds; seconds++)
            await keys.SecondAsync(feeds);
        await world.ShouldRefuseAsync(Through(port, ARequest.PaymentBy(world, user, key.KeyId)), 401, reason);
        await replica.StopAsync();
    }

    private static HttpRequestMessage Through(int port, ARequest request)
    {
        var message = request.Build();
        message.Headers.Host = message.RequestUri!.Authority;
        message.RequestUri = new UriBuilder(message.RequestUri) { Port = port }.Uri;
        return message;
    }
}
