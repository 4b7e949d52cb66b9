using System.Diagnostics.CodeAnalysis;

namespace CoreBank.Simulator.Hosting;

public static class UnexpectedFaults
{
    /// <summary>The outermost step: whatever nobody expected is logged and answered with a bare 500.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "This is where every exception ends.")]
    public static void UseUnexpectedFaults(this IApplicationBuilder app, ILogger logger) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone, and with it whoever an answer would be for.
            logger.Abandoned(exception.GetType().Name);
        }
        catch (Exception exception)
        {
            logger.Failed(exception);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await context.WriteAsync(Problems.Unexpected);
        }
    });
}
