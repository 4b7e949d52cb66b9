using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Entitlements;

[Collection(GatewayCollection.Name)]
public sealed class EntitlementTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    [Theory]
    [InlineData("acc-huaxin-001")]
    [InlineData("acc-acme-003")]
    [InlineData("acc-nowhere-999")]
    [InlineData("ACC-ACME-001")]
    public async Task An_account_without_entitlement_does_not_exist(string account)
    {
        await World.ShouldRefuseAsync(ARequest.Get(World, $"/corporate/v1/accounts/{account}").By("anna"), 404, "account.not-found");
        await World.ShouldRefuseAsync(ARequest.Get(World, $"/corporate/v1/accounts/{account}/transactions").By("anna"), 404, "account.not-found");
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, "anna", "anna-1", $$"""{"debtorAccount":"{{account}}"}"""), 404, "account.not-found");
    }

    [Fact]
    public async Task Seeing_an_account_is_not_paying_from_it()
    {
        (await World.SendAsync(ARequest.Get(World, "/corporate/v1/accounts/acc-acme-002").By("anna"))).Status.ShouldBe(200);
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, "anna", "anna-1", """{"debtorAccount":"acc-acme-002"}"""), 404, "account.not-found");
    }

    [Fact]
    public async Task A_viewer_makes_no_payments_whatever_the_token_claims()
    {
        var claims = People.Claims(World, "carla");
        claims["roles"] = new[] { "maker" };
        await World.RegisterAsync("update registry.keys set subject = 'u-carla' where key_id = 'anna-1'");
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, "carla", "anna-1").WithToken(World.Corporate.Token(claims)), 403, "role.missing");
        await World.RegisterAsync("update registry.keys set subject = 'u-anna' where key_id = 'anna-1'");
    }

    [Fact]
    public async Task What_the_registry_takes_away_is_gone_with_the_next_confirmation()
    {
        var request = ARequest.Get(World, "/corporate/v1/accounts/acc-acme-001").By("carla");
        (await World.SendAsync(request)).Status.ShouldBe(200);
        await World.RegisterAsync("delete from registry.entitlements where subject = 'u-carla'");
        await World.ShouldRefuseAsync(request, 404, "account.not-found");
        await World.RegisterAsync("insert into registry.entitlements (subject, account, permissions) values ('u-carla', 'acc-acme-001', '{view}')");
        (await World.SendAsync(request)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_revoked_in_the_registry_signs_nothing_more()
    {
        (await World.SendAsync(ARequest.PaymentBy(World, "anna", "anna-1"))).Status.ShouldBe(201);
        await World.RegisterAsync("update registry.keys set state = 'revoked' where key_id = 'anna-1'");
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, "anna", "anna-1"), 401, "signature.key-revoked");
        await World.RegisterAsync("update registry.keys set state = 'active' where key_id = 'anna-1'");
    }
}

[Collection(GatewayCollection.Name)]
public sealed class StaleRegistryTests(Surroundings surroundings)
{
    [Fact]
    public async Task A_registry_not_confirmed_for_five_seconds_entitles_nobody_and_comes_back_by_itself()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings);
        var request = ARequest.Get(world, "/corporate/v1/accounts").By("anna");
        (await world.SendAsync(request)).Status.ShouldBe(200);
        await world.ExecuteAsync("alter table registry.version rename to version_away");

        world.Clock.Advance(RegistryFeed.MaximumAge);
        (await world.SendAsync(request)).Status.ShouldBe(200);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var answer = await world.ShouldRefuseAsync(request, 503, "entitlements.stale");
        answer.Message.Headers.RetryAfter.ShouldNotBeNull();

        await world.ExecuteAsync("alter table registry.version_away rename to version");
        await world.TickUntilFreshAsync();
        (await world.SendAsync(request)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_read_entitles_nobody_but_stops_nothing()
    {
        await using var world = await GatewayWorld.StartAsync(surroundings);
        await world.ExecuteAsync("alter table registry.entitlements rename permissions to permissions_away; update registry.clients set name = name");
        await Should.ThrowAsync<Exception>(() => world.Service<RegistryFeed>().ConfirmAsync(CancellationToken.None));
        for (var i = 0; i < 6; i++)
            world.Clock.Advance(RegistryFeed.Interval);
        await world.ShouldRefuseAsync(ARequest.Get(world, "/corporate/v1/accounts").By("anna"), 503, "entitlements.stale");

        await world.ExecuteAsync("alter table registry.entitlements rename permissions_away to permissions");
        await world.TickUntilFreshAsync();

        (await world.SendAsync(ARequest.Get(world, "/corporate/v1/accounts").By("anna"))).Status.ShouldBe(200);
    }
}
