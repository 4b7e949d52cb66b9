using System.Net;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Client.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CorpSecure.Client.Tests.Trust;

public sealed class GatewayOriginTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Another_origin_gets_neither_token_nor_body()
    {
        await using var client = await GatewayClient.StartAsync(_authority);
        await using var foreign = await FakeGateway.StartAsync(_authority);

        var refusal = await Should.ThrowAsync<ForeignOriginException>(() => client.Http.PostAsync(new Uri(foreign.Address, "/x"), new StringContent("secret")));

        refusal.Message.ShouldNotContain("/x");
        foreign.Received.ShouldBeEmpty();
        client.Gateway.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_host_by_another_name_or_scheme_is_another_origin()
    {
        await using var client = await GatewayClient.StartAsync(_authority);
        var port = client.Gateway.Address.Port;

        foreach (var address in new[] { $"http://localhost:{port}/", $"https://127.0.0.1:{port}/", $"https://localhost:{port}@evil.example/" })
        {
            await Should.ThrowAsync<ForeignOriginException>(() => client.Http.GetAsync(new Uri(address)));
        }
        client.Gateway.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_redirect_is_handed_back_and_never_followed(bool ownHandler)
    {
        await using var client = await GatewayClient.StartAsync(_authority, build: builder =>
        {
            if (ownHandler)
            {
                builder.ConfigurePrimaryHttpMessageHandler(() =>
                {
                    var handler = GatewayTransport.Create(_authority.CaFile);
                    handler.AllowAutoRedirect = true;
                    return handler;
                });
            }
        });
        await using var foreign = await FakeGateway.StartAsync(_authority);
        client.Gateway.WillRedirect(foreign.Address);

        var response = await client.Http.PostAsync("/corporate/v1/payments", new StringContent("{}"));

        response.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        foreign.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gateway_of_an_unknown_authority_gets_nothing()
    {
        using var another = new TestAuthority();
        await using var client = await GatewayClient.StartAsync(_authority, options => options.CaFile = another.CaFile);

        await Should.ThrowAsync<HttpRequestException>(() => client.Http.GetAsync("/"));

        client.Gateway.Received.ShouldBeEmpty();
    }

    [Fact]
    public void Wrong_options_are_all_told_when_the_client_is_made()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("bank").AddCorpSecure(options =>
        {
            options.Gateway = new Uri("http://localhost/");
            options.CaFile = "/no/such/file.pem";
        });
        using var provider = services.BuildServiceProvider();

        var faults = Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IHttpClientFactory>().CreateClient("bank"));

        faults.Failures.Count().ShouldBe(4);
    }
}
