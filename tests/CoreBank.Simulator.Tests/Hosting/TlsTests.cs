using System.Net;

namespace CoreBank.Simulator.Tests.Hosting;

public sealed class TlsTests : CoreTest
{
    [Fact]
    public async Task Health_needs_the_client_certificate_and_no_assertion()
    {
        using var response = await Core.Client.GetAsync(new Uri("/health", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Version.ShouldBe(HttpVersion.Version20);
        Core.Host.Calls.Latest(1).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_without_certificate_is_refused_by_TLS()
    {
        using var client = Core.ClientWith(null);
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task A_certificate_of_another_CA_is_refused_by_TLS()
    {
        // The same names all the way: only the key of the CA differs.
        using var client = Core.ClientWith(new TestPki("Test CA").Issue("gateway", TestPki.ClientUse));
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task A_server_certificate_of_our_CA_is_no_client_certificate()
    {
        using var client = Core.ClientWith(Core.Pki.Issue("gateway", TestPki.ServerUse));
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_by_TLS()
    {
        using var client = Core.ClientWith(Core.Pki.Issue("gateway", TestPki.ClientUse, fromDay: -1, toDay: 0));
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task Http_1_1_is_served_too()
    {
        Core.Client.DefaultRequestVersion = HttpVersion.Version11;
        (await Core.GetAsync("/corporate/v1/accounts/acc-acme-001")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
