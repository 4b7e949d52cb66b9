using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Client.Problems;

namespace CorpSecure.Cli.Curl;

/// <summary>Sends the request and prints the answer: a body as it came, a problem so that a person can read it.</summary>
internal static class CurlExchange
{
    public static async Task<ExitCode> RunAsync(
        HttpClient http, HttpRequestMessage request, Shell shell, bool include, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (include)
        {
            await WriteHeadAsync(response, shell.Out);
        }
        var problem = (int)response.StatusCode >= 400 ? await response.ReadProblemAsync(cancellationToken) : null;
        if (problem is null || include || problem.Code == ProblemResponses.UnexplainedCode)
        {
            await WriteBodyAsync(response, shell, cancellationToken);
        }
        return problem is null ? ExitCode.Ok : ProblemText.Write(problem, shell.Error);
    }

    private static async Task WriteHeadAsync(HttpResponseMessage response, TextWriter output)
    {
        await output.WriteLineAsync($"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}");
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            foreach (var value in values)
            {
                await output.WriteLineAsync($"{name}: {value}");
            }
        }
        await output.WriteLineAsync();
    }

    private static async Task WriteBodyAsync(HttpResponseMessage response, Shell shell, CancellationToken cancellationToken)
    {
        await shell.Out.FlushAsync(cancellationToken);
        await using var output = shell.OpenOut();
        await response.Content.CopyToAsync(output, cancellationToken);
        if (shell.IsInteractive)
        {
            output.WriteByte((byte)'\n');
        }
        await output.FlushAsync(cancellationToken);
    }
}
