using CorpSecure.Gateway.RateLimits.Shared;
using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>One gateway whose limits are kept in a real server of the Redis protocol.</summary>
[Collection(GatewayCollection.Name)]
public sealed class SharedLimitsTests(Surroundings surroundings) : IAsyncLifetime
{
    private const string Payees = "/corporate/v1/payees";

    private RedisServer redis = null!;

    public async Task InitializeAsync() => redis = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await redis.DisposeAsync();

    [Fact]
    public async Task What_was_counted_outlives_a_restart_and_a_changed_number_of_permits()
    {
        await using var world = await StartAsync(User(2));
        await OkAsync(world, times: 2);
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");

        await world.RestartGatewayAsync();
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");

        var changed = PolicyText.WithLimits(PolicyText.Address(10_000), User(3)).Replace("\"version\": \"", "\"version\": \"changed-", StringComparison.Ordinal);
        await File.WriteAllTextAsync(world.Arguments.Single(argument => argument.StartsWith("--Gateway:PolicyFile=", StringComparison.Ordinal)).Split('=', 2)[1], changed);
        await world.RestartGatewayAsync();
        await OkAsync(world);
        var refused = await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");
        refused.Message.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
        refused.ShouldTell("address", "user");
    }

    [Fact]
    public async Task A_server_that_answers_too_late_delays_a_few_requests_and_then_none()
    {
        await using var world = await StartAsync(User(100));
        await OkAsync(world);
        await redis.SuspendAsync();
        var late = 0;
        while (!world.Service<SharedState>().IsAway)
        {
            late++.ShouldBeLessThan(10);
            var asked = world.SendAsync(ARequest.Get(world, Payees).By("anna"));
            while (!asked.IsCompleted)
            {
                await world.PassAsync(TimeSpan.FromMilliseconds(500));
                await Task.WhenAny(asked, world.QueryAsync<bool>("select true"));
            }

            (await asked).Status.ShouldBe(200, "this replica's own share counts");
        }

        await OkAsync(world, times: 5); // the clock stands still: nothing is waited for
    }

    [Fact]
    public async Task Without_the_server_at_the_start_the_gateway_starts_with_its_share()
    {
        await redis.StopAsync();
        await using var world = await StartAsync(User(8));
        world.Service<SharedState>().IsAway.ShouldBeTrue();
        await OkAsync(world, times: 4);
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");

        await redis.ResumeAsync();
        for (var tries = 0; world.Service<SharedState>().IsAway; tries++)
        {
            tries.ShouldBeLessThan(20_000, "it never counted as back");
            await world.PassAsync(TimeSpan.FromSeconds(1));
        }

        await OkAsync(world, times: 8);
    }

    [Fact]
    public async Task A_place_that_is_shared_comes_back_with_the_end_of_its_request()
    {
        await using var core = await ScriptedCore.StartAsync(surroundings.ServerCertificate);
        var arrived = new TaskCompletionSource();
        var proceed = new TaskCompletionSource();
        core.Answer = async context =>
        {
            arrived.TrySetResult();
            await proceed.Task;
            await context.Response.WriteAsync("{}");
        };
        await using var world = await StartAsync("""{ "name": "one", "per": "client", "kind": "concurrency", "permits": 1 }""", core.Address);
        var first = world.SendAsync(ARequest.Get(world, Payees).By("anna"));
        await arrived.Task;
        (await redis.AskAsync("KEYS *:one:*")).ShouldContain("{corpsecure}:Api:one:Concurrency");
        await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("carla"), 429, "limit.concurrency");

        proceed.SetResult();
        (await first).Status.ShouldBe(200);
        for (var tries = 0; (await redis.AskAsync("KEYS *:one:*")).Contains(":one:", StringComparison.Ordinal); tries++)
            tries.ShouldBeLessThan(10_000, "the place never came back");
        (await world.SendAsync(ARequest.Get(world, Payees).By("carla"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task It_is_reached_by_tls_with_a_user_and_a_password_and_only_under_a_trusted_name()
    {
        var files = surroundings.ServerCertificate;
        await using var secure = await RedisServer.StartAsync(
            "--port", "0", "--tls-port", "PORT", "--tls-cert-file", files.CertificateFile, "--tls-key-file", files.KeyFile, "--tls-auth-clients", "no",
            "--user", "default", "off", "--user", "gateway", "on", ">for-tests-only", "~{corpsecure}:*", "+@all");
        var password = Path.Combine(surroundings.Directory.FullName, "redis-password");
        await File.WriteAllTextAsync(password, "for-tests-only\n");
        void Secure(Dictionary<string, string> settings)
        {
            settings["RateLimits:Shared:Endpoints:0"] = $"localhost:{secure.Port}";
            settings["RateLimits:Shared:Tls"] = "true";
            settings["RateLimits:Shared:CaFile"] = surroundings.Authority.CertificateFile;
            settings["RateLimits:Shared:User"] = "gateway";
            settings["RateLimits:Shared:PasswordFile"] = password;
        }

        await using (var world = await StartAsync(User(2), configure: Secure))
        {
            world.Service<SharedState>().IsAway.ShouldBeFalse();
            await OkAsync(world, times: 2);
            await world.RestartGatewayAsync();
            await world.ShouldRefuseAsync(ARequest.Get(world, Payees).By("anna"), 429, "limit.user");
        }

        await using var distrustful = await StartAsync(User(2), configure: settings =>
        {
            Secure(settings);
            settings["RateLimits:Shared:CaFile"] = "";
        });
        distrustful.Service<SharedState>().IsAway.ShouldBeTrue();
    }

    private Task<GatewayWorld> StartAsync(string limit, string? core = null, Action<Dictionary<string, string>>? configure = null) => GatewayWorld.StartAsync(
        surroundings,
        settings =>
        {
            settings["RateLimits:Shared:Endpoints:0"] = redis.Endpoint;
            settings["RateLimits:Shared:Tls"] = "false";
            settings["RateLimits:Shared:Timeout"] = "00:00:02";
            if (core is not null)
                settings["Core:Destinations:0"] = core;
            configure?.Invoke(settings);
        },
        PolicyText.WithLimits(PolicyText.Address(10_000), limit));

    private static string User(int permits) => $$"""{ "name": "user", "per": "user", "kind": "fixed", "permits": {{permits}}, "window": "01:00:00" }""";

    private static async Task OkAsync(GatewayWorld world, int times = 1)
    {
        for (var i = 0; i < times; i++)
            (await world.SendAsync(ARequest.Get(world, Payees).By("anna"))).Status.ShouldBe(200);
    }
}
