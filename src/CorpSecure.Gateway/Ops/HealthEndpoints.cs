namespace CorpSecure.Gateway.Ops;

/// <summary>For monitoring, without a token: they tell one word.</summary>
public static class HealthEndpoints
{
    public static void UseHealth(this IApplicationBuilder app)
    {
        var readiness = app.ApplicationServices.GetRequiredService<Readiness>();
        app.Map("/health/live", live => live.Run(context => AnswerAsync(context, true)));
        app.Map("/health/ready", ready => ready.Run(async context => await AnswerAsync(context, await readiness.IsReadyAsync())));
    }

    private static Task AnswerAsync(HttpContext context, bool healthy)
    {
        context.Response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(healthy ? "ok\n" : "not ready\n");
    }
}
