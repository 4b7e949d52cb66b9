using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CoreBank.Simulator.Accounts;
using Microsoft.AspNetCore.Http.Features;

namespace CoreBank.Simulator.Hosting;

public static class Answers
{
    public const string ProblemContentType = "application/problem+json";

    public static IResult Ok<T>(T value, JsonTypeInfo<T> type) => Results.Json(value, type);

    /// <summary>Writes a problem where there is no endpoint to return it.</summary>
    public static Task WriteAsync(this HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = ProblemContentType;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(problem, SimulatorJson.Strict.Problem);
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>The client the verified assertion names. Absent only where no assertion was verified, which is a fault of ours.</summary>
    public static CorporateClient Client(this HttpContext context) => context.Features.GetRequiredFeature<AcceptedCall>().Client;
}
