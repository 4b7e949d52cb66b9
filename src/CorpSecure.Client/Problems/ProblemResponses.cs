using System.Net;
using CorpSecure.Client.StepUp;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Client.Problems;

/// <summary>Reads problems out of responses.</summary>
public static class ProblemResponses
{
    /// <summary>The code of an error response that says nothing about itself, made by something in the gateway's place.</summary>
    public const string UnexplainedCode = "http.unexplained";

    private const int LargestProblem = 64 * 1024;

    /// <summary>Throws when the response is not a success.</summary>
    /// <param name="response">The response; disposed when this throws.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">The response is a problem.</exception>
    public static async Task<HttpResponseMessage> EnsureNoProblemAsync(
        this HttpResponseMessage response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (await response.ReadProblemAsync(cancellationToken) is not { } problem)
        {
            return response;
        }
        var stepUp = StepUpChallenge.Of(response);
        response.Dispose();
        throw new ProblemException(problem, stepUp);
    }

    /// <summary>
    /// The problem a response tells of; null when it is a success. An error without a problem document gets one
    /// with the code <see cref="UnexplainedCode"/>. The content can still be read afterwards.
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpRequestException">The document is larger than 64 KiB or breaks off.</exception>
    public static async Task<ProblemDocument?> ReadProblemAsync(
        this HttpResponseMessage response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }
        var told = await ReadDocumentAsync(response.Content, cancellationToken);
        var problem = told is { Code.Length: > 0, Title.Length: > 0 } ? told : Unexplained(response.StatusCode);
        // The status line and the header count, whatever the document says.
        return problem with { Status = (int)response.StatusCode, DecisionId = problem.DecisionId ?? DecisionIdOf(response) };
    }

    /// <summary>The decision behind a response, on success too; null when it names none.</summary>
    /// <param name="response">The response.</param>
    public static Guid? DecisionIdOf(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Headers.TryGetValues(HeaderNames.DecisionId, out var values) && Guid.TryParse(values.First(), out var id) ? id : null;
    }

    private static async Task<ProblemDocument?> ReadDocumentAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType != ProblemDocument.MediaType)
        {
            return null;
        }
        await content.LoadIntoBufferAsync(LargestProblem, cancellationToken);
        return ProblemDocument.TryParse(await content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static ProblemDocument Unexplained(HttpStatusCode status) =>
        new("about:blank", $"The server answered HTTP {(int)status} without a problem document", (int)status, UnexplainedCode);
}
