using System.Net;
using CorpSecure.Client.Trust;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>What a person with a browser does: follows redirects, keeps cookies, fills in two forms.</summary>
public sealed class FakeBrowser : IDisposable
{
    private readonly HttpClient _http;

    public FakeBrowser(TestAuthority authority)
    {
        var handler = GatewayTransport.Create(authority.CaFile);
        handler.UseCookies = true;
        handler.CookieContainer = new CookieContainer();
        handler.AllowAutoRedirect = true;
        _http = new HttpClient(handler);
    }

    public async Task SignInAsync(Uri address, FakeIdentity identity, Action<HttpResponseMessage>? page = null)
    {
        var form = await _http.GetAsync(address);
        form = await PostAsync(form, ("Username", identity.Username), ("Password", identity.Password));
        // The last redirect goes from https to http://127.0.0.1, which a browser follows and HttpClient does not.
        form = await PostAsync(form, ("Code", "123456"));
        page?.Invoke(form.Headers.Location is { } back ? await _http.GetAsync(back) : form);
        if (page is null && form.Headers.Location is { } last)
        {
            await _http.GetAsync(last);
        }
    }

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> PostAsync(HttpResponseMessage form, params (string Name, string Value)[] fields) =>
        _http.PostAsync(form.RequestMessage!.RequestUri, new FormUrlEncodedContent(
            fields.Append(("__Token", "a&b+c")).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
}
