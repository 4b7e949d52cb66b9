using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Problems;

namespace CorpSecure.Gateway.Ops;

/// <summary>The decision to show something was recorded; what it shows cannot be read. That is worth another try, and no fault of the gateway.</summary>
public sealed partial class OpsRecords(RequestDelegate next, ProblemWriter problems, ILogger<OpsRecords> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && DatabaseTrouble.IsCauseOf(error))
        {
            var id = Exchange.Of(context).Facts.DecisionId;
            LogUnreadable(id, error.GetBaseException().GetType().Name);
            await problems.WriteAsync(context, Reasons.RecordsUnavailable, id);
        }
    }

    [LoggerMessage(2501, LogLevel.Error, "Decision {DecisionId}: the records could not be read: {Error}")]
    private partial void LogUnreadable(Guid decisionId, string error);
}
