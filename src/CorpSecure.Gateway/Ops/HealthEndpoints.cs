using CorpSecure.Gateway.Registry;
using CorpSecure.Ledger;
using Npgsql;

namespace CorpSecure.Gateway.Ops;

/// <summary>For monitoring, without a token: they tell one word.</summary>
public static class HealthEndpoints
{
    public static void UseHealth(this IApplicationBuilder app)
    {
        app.Map("/health/live", live => live.Run(context => AnswerAsync(context, true)));
        app.Map("/health/ready", ready => ready.Run(async context => await AnswerAsync(context, await IsReadyAsync(context))));
    }

    private static async Task<bool> IsReadyAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested || !services.GetRequiredService<RegistryFeed>().IsFresh)
            return false;
        try
        {
            await using var command = services.GetRequiredService<LedgerDatabase>().Source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(context.RequestAborted);
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // that is the answer
        }
    }

    private static Task AnswerAsync(HttpContext context, bool healthy)
    {
        context.Response.StatusCode = healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(healthy ? "ok\n" : "not ready\n");
    }
}
