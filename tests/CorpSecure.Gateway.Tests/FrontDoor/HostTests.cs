using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>RFC 9112 section 3.2: one <c>Host</c>, and it is ours.</summary>
[Collection(GatewayCollection.Name)]
public sealed class HostTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    /// <summary>{0} is the port.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Host: localhost:{0}\r\nHost: localhost:{0}\r\n")]
    [InlineData("Host: localhost:{0}\r\nhost: bank.example\r\n")]
    [InlineData("Host: bank.example\r\nHost: localhost:{0}\r\n")]
    [InlineData("Host: localhost:{0}, bank.example\r\n")]
    [InlineData("Host: bank.example, localhost:{0}\r\n")]
    [InlineData("Host: user@localhost:{0}\r\n")]
    [InlineData("Host: localhost:{0}@bank.example\r\n")]
    [InlineData("Host: localhost:{0}/\r\n")]
    [InlineData("Host: localhost:{0}?x\r\n")]
    [InlineData("Host: localhost:{0}#x\r\n")]
    [InlineData("Host: localhost:{0}:{0}\r\n")]
    [InlineData("Host: localhost:\r\n")]
    [InlineData("Host: localhost:x\r\n")]
    [InlineData("Host: localhost:+{0}\r\n")]
    [InlineData("Host: local host\r\n")]
    [InlineData("Host: local\thost\r\n")]
    [InlineData("Host: https://localhost:{0}\r\n")]
    [InlineData("Host: \"localhost:{0}\"\r\n")]
    [InlineData("Host: [::1\r\n")]
    [InlineData("Host: l\u00f6calhost:{0}\r\n")]
    [InlineData("Host: localhost\0:{0}\r\n")]
    [InlineData("Host : localhost:{0}\r\n")]
    [InlineData(" Host: localhost:{0}\r\n")]
    [InlineData("Host: localhost:{0}\r\n bank.example\r\n")]
    public Task A_host_that_is_none_or_two_is_refused(string host) => ShouldTurnAwayAsync(Request(host));

    [Theory]
    [InlineData("Host:\r\n")]
    [InlineData("Host: bank.example\r\n")]
    [InlineData("Host: localhost\r\n")]
    [InlineData("Host: localhost:99999\r\n")]
    [InlineData("Host: localhost:0{0}\r\n")]
    [InlineData("Host: localhost.:{0}\r\n")]
    [InlineData("Host: %6cocalhost:{0}\r\n")]
    [InlineData("Host: 127.0.0.1:{0}\r\n")]
    [InlineData("Host: [::1]:{0}\r\n")]
    public Task A_host_that_is_another_is_misdirected(string host) => ShouldTurnAwayAsync(Request(host), 400, 421);

    [Theory]
    [InlineData("https://bank.example/corporate/v1/payees")]
    [InlineData("http://localhost:{0}/corporate/v1/payees")]
    [InlineData("https://user@localhost:{0}/corporate/v1/payees")]
    [InlineData("//bank.example/corporate/v1/payees")]
    public Task A_target_with_another_authority_is_refused(string target) =>
        ShouldTurnAwayAsync($"GET {Of(target)} HTTP/1.1\r\n{World.Headers()}\r\n");

    [Fact]
    public Task The_older_version_needs_a_host_here_as_well() =>
        ShouldTurnAwayAsync($"GET /corporate/v1/payees HTTP/1.0\r\nConnection: keep-alive\r\nAuthorization: Bearer {People.CertificateToken(World, "anna")}\r\n\r\n", 421);

    private string Request(string host) => $"GET /corporate/v1/payees HTTP/1.1\r\n{Of(host)}Authorization: Bearer {People.CertificateToken(World, "anna")}\r\n\r\n";

    private string Of(string text) => text.Replace("{0}", $"{World.ApiPort}", StringComparison.Ordinal);
}
