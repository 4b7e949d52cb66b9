using CorpSecure.Gateway.Enforcement;
using CorpSecure.Protocol.Problems;
using FluentValidation.Results;

namespace CorpSecure.Gateway.Ops;

/// <summary>Problems of the ops API beyond those that enforcement finds.</summary>
public static class OpsProblems
{
    public static IResult NotFound() => new ProblemResult("decision.not-found", "No such decision", StatusCodes.Status404NotFound, null);

    public static IResult BadQuery(string detail) => new ProblemResult("query.invalid", "The query is not valid", StatusCodes.Status400BadRequest, detail);

    public static IResult BadBody(string detail) => new ProblemResult("body.invalid", "The body is not valid", StatusCodes.Status422UnprocessableEntity, detail);

    public static IResult BadQuery(ValidationResult faults) => BadQuery(string.Join("; ", faults.Errors.Select(fault => fault.ErrorMessage)));

    private sealed class ProblemResult(string code, string title, int status, string? detail) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = ProblemDocument.MediaType;
            var problem = ProblemDocument.Of(code, title, status) with { Detail = detail, DecisionId = Exchange.Of(httpContext).Facts.DecisionId };
            return problem.WriteAsync(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}
