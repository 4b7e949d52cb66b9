using System.Text.Json;
using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Problems;

namespace CorpSecure.Gateway.Own;

/// <summary>After the decision: own routes end here, all others go on to the core. The outcome is durable before the answer leaves.</summary>
public sealed partial class OwnMiddleware(
    RequestDelegate next, OwnEndpoints endpoints, OutcomeRecorder outcomes, ProblemWriter problems, ILogger<OwnMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = Exchange.Of(context);
        if (!exchange.Route.Own)
        {
            await next(context);
            return;
        }

        var id = exchange.Facts.DecisionId;
        // What is under way is not cut short because its sender hung up.
        var answer = await AnswerAsync(exchange, exchange.Route.Unsafe ? CancellationToken.None : context.RequestAborted);
        var state = answer.Refusal == Reasons.RegistryUnavailable ? OutcomeState.Unknown : OutcomeState.Answered;
        if (!exchange.Route.Public)
            await outcomes.RecordAsync(id, state, answer.Status);
        if (answer.Refusal is { } reason)
            await problems.WriteAsync(context, reason, id);
        else
            await WriteAsync(context.Response, answer);
    }

    private async Task<OwnAnswer> AnswerAsync(Exchange exchange, CancellationToken cancellation)
    {
        try
        {
            return await endpoints.For(exchange.Route).HandleAsync(exchange, cancellation);
        }
        catch (Exception error) when (DatabaseTrouble.IsCauseOf(error))
        {
            LogUnavailable(exchange.Facts.DecisionId, exchange.Route.Name, error.GetBaseException().GetType().Name);
            return OwnAnswer.Refused(Reasons.RegistryUnavailable);
        }
    }

    private static async Task WriteAsync(HttpResponse response, OwnAnswer answer)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer.Document, JsonSerializerOptions.Web);
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        if (answer.Location is { } location)
            response.Headers.Location = location;
        await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
    }

    [LoggerMessage(2701, LogLevel.Error, "Decision {DecisionId}: {Route} could not reach the registry: {Error}")]
    private partial void LogUnavailable(Guid decisionId, string route, string error);
}
