using System.Globalization;
using System.Text.Json;
using CoreBank.Simulator.Hosting;

namespace CoreBank.Simulator.Control;

/// <summary>The control listener: what was called, and what is to go wrong. It is a listener of its own; the gateway never sees it.</summary>
public static class ControlModule
{
    private const int UsualLimit = 1_000;
    private static readonly Problem s_unauthorized = new(401, "control.unauthorized", "The control token is missing or wrong.");
    private static readonly Problem s_badLimit = new(400, "control.limit-invalid", "limit is a whole number above zero.");

    /// <summary>Before every control route, known or not.</summary>
    public static void UseControlToken(this IApplicationBuilder app, ControlToken token) => app.Use((context, next) =>
    {
        if (token.Matches(context.Request.Headers.Authorization))
            return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.WriteAsync(s_unauthorized);
    });

    public static void MapControl(this IEndpointRouteBuilder endpoints, CallLog calls, FaultPlan faults)
    {
        endpoints.MapGet("/control/calls", (HttpContext context) => Calls(context.Request.Query, calls));
        endpoints.MapDelete("/control/calls", () =>
        {
            calls.Clear();
            return Results.NoContent();
        });
        endpoints.MapGet("/control/knobs", () => Answers.Ok(faults.Knobs, SimulatorJson.Strict.Knobs));
        endpoints.MapPut("/control/knobs", (Delegate)((HttpContext context) => PutKnobsAsync(context, faults)));
    }

    private static IResult Calls(IQueryCollection query, CallLog calls)
    {
        var limit = UsualLimit;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit == 0))
            return s_badLimit.AsResult();
        var decisionId = query.TryGetValue("decisionId", out var id) ? id.ToString() : null;
        return Answers.Ok(new CallList(calls.Latest(limit, decisionId)), SimulatorJson.Strict.CallList);
    }

    private static async Task<IResult> PutKnobsAsync(HttpContext context, FaultPlan faults)
    {
        Knobs? knobs;
        try
        {
            knobs = await JsonSerializer.DeserializeAsync(context.Request.Body, SimulatorJson.Strict.Knobs, context.RequestAborted);
        }
        catch (JsonException exception)
        {
            return Problems.Malformed(exception.Message).AsResult();
        }
        if (knobs is null || knobs.Fault() is not null)
            return Problems.Malformed(knobs?.Fault() ?? "a document is expected").AsResult();
        faults.Knobs = knobs;
        return Answers.Ok(faults.Knobs, SimulatorJson.Strict.Knobs);
    }
}
