using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>Keeps cookies, posts forms as they stand on the page, and follows no redirect by itself.</summary>
public sealed class Browser(TestServer server) : IDisposable
{
    private readonly HttpClient http = server.NewClient(cookies: true);

    public async Task<Visit> GetAsync(string url) => await Visit.ReadAsync(await http.GetAsync(url));

    public async Task<Visit> FollowAsync(Visit visit) => await GetAsync(visit.Location);

    /// <summary>Posts the page's form with these fields filled in, hidden ones included.</summary>
    public async Task<Visit> SubmitAsync(Visit page, params (string Name, string Value)[] fields)
    {
        var form = page.Form;
        var values = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in fields)
        {
            form.QuerySelector($"input[name={name}]").ShouldNotBeNull();
            values[name] = value;
        }

        return await PostAsync(form.GetAttribute("action")!, values);
    }

    /// <summary>Presses one of the page's buttons.</summary>
    public async Task<Visit> PressAsync(Visit page, string name, string value)
    {
        page.Form.QuerySelector($"button[name={name}][value={value}]").ShouldNotBeNull();
        var values = page.Form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        values[name] = value;
        return await PostAsync(page.Form.GetAttribute("action")!, values);
    }

    public async Task<Visit> PostAsync(string url, Dictionary<string, string> values) =>
        await Visit.ReadAsync(await http.PostAsync(url, new FormUrlEncodedContent(values)));

    public void Dispose() => http.Dispose();
}

public sealed record Visit(HttpResponseMessage Response, IHtmlDocument Document)
{
    public int Status => (int)Response.StatusCode;

    public string Location => Response.Headers.Location.ShouldNotBeNull($"{Status} {Document.Body?.TextContent}").OriginalString;

    public IHtmlFormElement Form => Document.QuerySelector<IHtmlFormElement>("form");

    public string? Failure => Document.QuerySelector("#failure")?.TextContent;

    public string Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    public static async Task<Visit> ReadAsync(HttpResponseMessage response) =>
        new(response, new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync()));
}

internal static class Documents
{
    public static T QuerySelector<T>(this IHtmlDocument document, string selector)
        where T : class => (document.QuerySelector(selector) as T).ShouldNotBeNull();
}
