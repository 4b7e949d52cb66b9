using System.Net;
using System.Net.Sockets;
using CorpSecure.Client.SignIn;

namespace CorpSecure.Client.Tests.SignIn;

public sealed class LoopbackRedirectTests : IDisposable
{
    private static readonly ProviderMetadata Metadata = new()
    {
        Issuer = "https://issuer.example/",
        AuthorizationEndpoint = new Uri("https://issuer.example/authorize"),
        TokenEndpoint = new Uri("https://issuer.example/token"),
    };

    private readonly LoopbackRedirect _redirect = new(TimeProvider.System);
    private readonly HttpClient _http = new();
    private readonly AuthorizationRequest _request;

    public LoopbackRedirectTests() => _request = new AuthorizationRequest(Metadata, "corpsec", _redirect.Address, "corporate");

    private string State => _request.Address.Query.Split('&').Single(p => p.StartsWith("state=", StringComparison.Ordinal))[6..];

    public void Dispose()
    {
        _redirect.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task A_redirect_with_another_state_is_answered_and_the_wait_goes_on()
    {
        var waiting = _redirect.WaitAsync(_request);

        (await _http.GetAsync($"{_redirect.Address}?code=stolen&state=guess")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _http.GetAsync(new Uri(_redirect.Address, "/favicon.ico"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _http.GetAsync($"{_redirect.Address}?code=a&state={State}&state={State}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        waiting.IsCompleted.ShouldBeFalse();
        (await _http.GetAsync($"{_redirect.Address}?code=mine&state={State}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await waiting).ShouldBe($"code=mine&state={State}");
    }

    [Fact]
    public async Task A_silent_connection_does_not_keep_the_response_out()
    {
        var waiting = _redirect.WaitAsync(_request);
        using var silent = new TcpClient();
        await silent.ConnectAsync(IPAddress.Loopback, _redirect.Address.Port);

        await _http.GetAsync($"{_redirect.Address}?code=mine&state={State}");

        (await waiting).ShouldContain("code=mine");
    }

    [Fact]
    public async Task A_cancelled_wait_ends()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _redirect.WaitAsync(_request, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public void It_listens_on_the_loopback_address_only() => _redirect.Address.Host.ShouldBe("127.0.0.1");
}
