using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.RateLimits;

[Collection(GatewayCollection.Name)]
public sealed class SharedSettingsTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private readonly Surroundings surroundings = surroundings;

    [Theory]
    [InlineData("Endpoints:0", "nowhere", "RateLimits:Shared:Endpoints[0]")]
    [InlineData("Endpoints:0", "host:port")]
    [InlineData("Endpoints:0", "user@host:6379")]
    [InlineData("CaFile", "/nowhere/ca.pem")]
    [InlineData("PasswordFile", "/nowhere/password")]
    [InlineData("KeyPrefix", "{a}")]
    [InlineData("Timeout", "00:00:10")]
    [InlineData("Share", "0")]
    [InlineData("Share", "1.5")]
    public async Task A_setting_that_is_wrong_is_named(string key, string value, string? told = null)
    {
        string[] arguments = [.. World.Arguments, $"--RateLimits:Shared:{key}={value}"];
        var refused = await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync(arguments));
        refused.Message.ShouldContain((told ?? $"RateLimits:Shared:{key.Split(':')[0]}").Split('[')[0]);
    }

    [Fact]
    public async Task A_password_does_not_travel_in_clear()
    {
        var file = Path.Combine(surroundings.Directory.FullName, "redis-password");
        await File.WriteAllTextAsync(file, "for-tests-only");
        string[] arguments = [.. World.Arguments, "--RateLimits:Shared:Endpoints:0=cache.example:6379", "--RateLimits:Shared:Tls=false", $"--RateLimits:Shared:PasswordFile={file}"];
        (await Should.ThrowAsync<StartRefusedException>(() => GatewayHost.BuildAsync(arguments))).Message.ShouldContain("RateLimits:Shared:Tls");
    }
}
