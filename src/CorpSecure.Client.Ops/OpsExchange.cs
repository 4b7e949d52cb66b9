using System.Net.Http.Json;
using System.Text.Json;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Client.Ops;

/// <summary>One request to the ops API and its answer, or why there is none.</summary>
internal static class OpsExchange
{
    private const int LargestProblem = 64 * 1024;

    public static async Task<T> SendAsync<T>(this HttpClient http, HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = content };
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new OpsException(await ReadProblemAsync(response, cancellationToken));
        }
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken) ?? throw Unreadable(null);
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    public static HttpRequestException Unreadable(Exception? cause) =>
        new("The ops API answered with something that cannot be read. Is the address that of the ops API?", cause);

    private static async Task<ProblemDocument> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        ProblemDocument? problem = null;
        if (response.Content.Headers.ContentType?.MediaType == ProblemDocument.MediaType)
        {
            await response.Content.LoadIntoBufferAsync(LargestProblem, cancellationToken);
            problem = ProblemDocument.TryParse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        return problem is { Code.Length: > 0, Title.Length: > 0 }
            ? problem with { Status = status }
            : new ProblemDocument("about:blank", $"The server answered HTTP {status} without a problem document", status, "http.unexplained");
    }
}
