using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CorpSecure.Gateway.Tests.Revocations;

/// <summary>What an identity revokes no gateway accepts five seconds later; and one that cannot ask accepts nobody.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RevocationTests(Surroundings surroundings) : IAsyncLifetime
{
    private const string Payees = "/corporate/v1/payees";

    private GatewayWorld world = null!;

    public async Task InitializeAsync() => world = await GatewayWorld.StartAsync(surroundings, policy: PolicyText.Roomy);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData("token")]
    [InlineData("session")]
    [InlineData("subject")]
    public async Task What_is_revoked_is_refused_by_three_gateways_after_their_next_poll(string kind)
    {
        int[] ports = [world.ApiPort, FreePort.Take(), FreePort.Take()];
        await using var two = await world.StartReplicaAsync("gateway-2", ports[1]);
        await using var three = await world.StartReplicaAsync("gateway-3", ports[2]);
        WebApplication[] gateways = [world.App, two, three];
        var claims = People.Claims(world, "anna");
        claims["sid"] = Guid.NewGuid().ToString();
        var request = ARequest.Get(world, Payees).WithToken(world.Corporate.Token(claims));
        var other = ARequest.Get(world, Payees).By("carla");
        foreach (var port in ports)
            (await world.SendAsync(Through(port, request.Build()))).Status.ShouldBe(200);

        await RevokeAsync("corpsecure_identity_corporate", kind, kind switch { "token" => claims["jti"], "session" => claims["sid"], _ => claims["sub"] });
        foreach (var gateway in gateways)
            await gateway.Services.GetRequiredService<RegistryFeed>().ConfirmAsync(CancellationToken.None);

        foreach (var port in ports)
        {
            var refused = await world.SendAsync(Through(port, request.Build()));
            (refused.Status, refused.Code).ShouldBe((401, "token.revoked"));
            foreach (var gateway in gateways)
                await gateway.Services.GetRequiredService<RefusalCounter>().FlushAsync();
            var entry = (await world.EntriesAsync(refused.DecisionId)).ShouldHaveSingleItem();
            (entry.Reasons[0], entry.Text("subject")).ShouldBe(("token.revoked", "u-anna"));
            (await world.SendAsync(Through(port, other.Build()))).Status.ShouldBe(200);
        }

        await two.StopAsync();
        await three.StopAsync();
    }

    [Fact]
    public async Task By_itself_within_five_seconds()
    {
        var claims = People.Claims(world, "anna");
        var request = ARequest.Get(world, Payees).WithToken(world.Corporate.Token(claims));
        (await world.SendAsync(request)).Status.ShouldBe(200);
        await RevokeAsync("corpsecure_identity_corporate", "token", claims["jti"]);
        var status = 200;
        for (var second = 0; second < 5 && status == 200; second++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            for (var turn = 0; turn < 100 && status == 200; turn++)
                status = (await world.SendAsync(request)).Status; // turns of the database for the poll to use
        }

        status.ShouldBe(401);
    }

    [Fact]
    public async Task A_revocation_that_commits_late_is_not_missed()
    {
        var feed = world.Service<RegistryFeed>();
        var (slow, quick) = (People.Claims(world, "anna"), People.Claims(world, "anna"));
        await using var one = await OpenAsync("corpsecure_identity_corporate");
        await using var transaction = await one.BeginTransactionAsync();
        await RevokeAsync(one, "token", slow["jti"]);
        var waits = RevokeAsync("corpsecure_identity_corporate", "token", quick["jti"]);
        await world.UntilAsync("select exists(select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())");
        await RevokeAsync("corpsecure_identity_staff", "token", "another-realms"); // does not wait
        await feed.ConfirmAsync(CancellationToken.None);
        foreach (var claims in new[] { slow, quick })
            (await world.SendAsync(ARequest.Get(world, Payees).WithToken(world.Corporate.Token(claims)))).Status.ShouldBe(200);

        await transaction.CommitAsync();
        await waits;
        await feed.ConfirmAsync(CancellationToken.None);

        foreach (var claims in new[] { slow, quick })
            await world.ShouldRefuseAsync(ARequest.Get(world, Payees).WithToken(world.Corporate.Token(claims)), 401, "token.revoked");
    }

    [Fact]
    public async Task An_identity_revokes_in_its_own_realm_only()
    {
        var (anna, rita) = (People.Claims(world, "anna"), People.Claims(world, "rita"));
        await RevokeAsync("corpsecure_identity_corporate", "token", rita["jti"]);
        await RevokeAsync("corpsecure_identity_staff", "token", anna["jti"]);
        await world.Service<RegistryFeed>().ConfirmAsync(CancellationToken.None);
        (await world.SendAsync(ARequest.Get(world, Payees).WithToken(world.Corporate.Token(anna)))).Status.ShouldBe(200);
        (await world.SendAsync(new ARequest(world, HttpMethod.Get, "/ops/v1/decisions?limit=1") { Origin = world.Ops }.WithToken(world.Staff.Token(rita)))).Status.ShouldBe(200);

        await using var connection = await OpenAsync("corpsecure_identity_staff");
        foreach (var sql in new[]
        {
            "select registry.revoke('corporate', 'token', 'x', now())", "insert into registry.revocations values ('staff', 99, 'token', 'x', now(), now())",
            "delete from registry.revocations", "update registry.revocation_heads set sequence = 0", "select * from registry.users",
        })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501", sql);
        }

        await using var gateway = new NpgsqlConnection(world.GatewayConnection);
        await gateway.OpenAsync();
        await using var ownless = new NpgsqlCommand("select registry.revoke('token', 'x', now())", gateway);
        (await Should.ThrowAsync<PostgresException>(() => ownless.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
    }

    [Theory]
    [InlineData("'user', 'x', now() + interval '1 hour'")]
    [InlineData("'token', '', now() + interval '1 hour'")]
    [InlineData("'token', repeat('x', 301), now() + interval '1 hour'")]
    [InlineData("'token', 'x', now() + interval '32 days'")]
    [InlineData("'token', 'x', null")]
    public async Task What_is_no_revocation_is_not_taken(string arguments)
    {
        await using var connection = await OpenAsync("corpsecure_identity_corporate");
        await using var command = new NpgsqlCommand($"select registry.revoke({arguments})", connection);
        await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task What_has_ended_is_forgotten()
    {
        var feed = world.Service<RegistryFeed>();
        for (var i = 0; i < 50; i++)
            await world.ExecuteAsync($"select registry.revoke('corporate', 'token', 'gone-{i}', now() + interval '10 minutes')");
        await world.ExecuteAsync("select registry.revoke('corporate', 'token', 'stays', now() + interval '2 hours')");
        await feed.ConfirmAsync(CancellationToken.None);
        feed.Revocations.ShouldBe(51);
        await world.PassAsync(TimeSpan.FromHours(1));
        feed.Revocations.ShouldBe(1);
        await world.RestartGatewayAsync();
        world.Service<RegistryFeed>().Revocations.ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_feed_nobody_is_let_in_once_it_is_five_seconds_old()
    {
        await world.ExecuteAsync("alter table registry.revocations rename to gone");
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await world.Service<RegistryFeed>().TryConfirmAsync(CancellationToken.None);
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 503, "entitlements.stale");
        await world.ExecuteAsync("alter table registry.gone rename to revocations");
        await world.Service<RegistryFeed>().ConfirmAsync(CancellationToken.None);
        (await world.SendAsync(ARequest.Get(world, Payees).By("anna"))).Status.ShouldBe(200);
    }

    private async Task RevokeAsync(string role, string kind, object value)
    {
        await using var connection = await OpenAsync(role);
        await RevokeAsync(connection, kind, value);
    }

    private static async Task RevokeAsync(NpgsqlConnection connection, string kind, object value)
    {
        await using var command = new NpgsqlCommand("select registry.revoke($1, $2, now() + interval '1 hour')", connection)
        {
            Parameters = { new() { Value = kind }, new() { Value = value } },
        };
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync(string role)
    {
        await world.ExecuteAsync($"alter role {role} password 'for-tests-only'");
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(world.GatewayConnection) { Username = role, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    private static HttpRequestMessage Through(int port, HttpRequestMessage message)
    {
        message.Headers.Host = message.RequestUri!.Authority;
        message.RequestUri = new UriBuilder(message.RequestUri) { Port = port }.Uri;
        return message;
    }
}
