using CoreBank.Simulator.Control;
using Microsoft.AspNetCore.Http.Features;

namespace CoreBank.Simulator.Hosting;

/// <summary>Lets a call take effect, or not, as the fault plan has it.</summary>
public sealed class MishapPerformer(TimeProvider time, ILogger<SimulatorHost> logger)
{
    public async Task PerformAsync(
        HttpContext context, RequestDelegate next, (TimeSpan Latency, Mishap Mishap, int ErrorStatus) plan, CallLog.Entry entry)
    {
        if (plan.Latency > TimeSpan.Zero)
            await Task.Delay(plan.Latency, time, context.RequestAborted);
        if (plan.Mishap != Mishap.None)
            logger.Mishap(entry.Call.Sequence, entry.Call.DecisionId, plan.Mishap);

        switch (plan.Mishap)
        {
            case Mishap.Error:
                await context.WriteAsync(new Problem(plan.ErrorStatus, "core.unavailable", "The core cannot answer now."));
                break;
            case Mishap.ResetBefore:
                context.Abort();
                return;
            case Mishap.HangBefore:
                await HangAsync(context);
                return;
            case Mishap.ResetAfter:
                await TakeEffectUnseenAsync(context, next);
                context.Abort();
                return;
            case Mishap.HangAfter:
                await TakeEffectUnseenAsync(context, next);
                await HangAsync(context);
                return;
            case Mishap.None:
                await next(context);
                break;
        }
        entry.Complete(context.Response.StatusCode);
    }

    /// <summary>Runs the endpoint with its answer going nowhere: not a byte of it may reach the caller.</summary>
    private static async Task TakeEffectUnseenAsync(HttpContext context, RequestDelegate next)
    {
        var real = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(real);
        }
    }

    /// <summary>Until the caller gives up or the host stops; then there is nobody left to answer.</summary>
    private static async Task HangAsync(HttpContext context)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }
}
