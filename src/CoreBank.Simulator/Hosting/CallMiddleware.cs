using System.Diagnostics.CodeAnalysis;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Assertions;
using CoreBank.Simulator.Control;
using CoreBank.Simulator.Payments;
using Microsoft.AspNetCore.Http.Features;

namespace CoreBank.Simulator.Hosting;

/// <summary>
/// What every call passes, known route or not: read, verify, record, and only then take effect. The record comes before the
/// effect, so that an effect without a record cannot be.
/// </summary>
public sealed class CallMiddleware(AssertionVerifier verifier, ClientBook book, CallLog calls, FaultPlan faults, MishapPerformer performer, TimeProvider time, ILogger<SimulatorHost> logger)
{
    public const string DecisionHeader = "Corpsecure-Decision-Id";

    private static readonly Problem s_rejected = new(401, "assertion.rejected", "The call carries no assertion that is good for it.");

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsNoAssertion>() is not null)
        {
            await next(context);
            return;
        }

        var arrivedAt = time.GetUtcNow();
        var (body, unreadable) = await ReadBodyAsync(context);
        var verdict = body is { } bytes ? await VerifyAsync(context, bytes.Digest) : Verdict.Reject(Rejections.BodyUnreadable);
        var client = verdict.IsAccepted ? book.Find(verdict.Caller.Client) : null;
        if (verdict.IsAccepted && client is null)
            verdict = Verdict.Reject(Rejections.UnknownClient);

        var problem = verdict.IsAccepted ? null : unreadable ?? s_rejected;
        var entry = calls.Record(Describe(context, arrivedAt, verdict, problem?.Status));
        if (problem is not null)
        {
            logger.Rejected(entry.Call.Sequence, entry.Call.DecisionId, entry.Call.Rejection ?? "");
            await context.WriteAsync(problem);
            return;
        }

        context.Features.Set(new AcceptedCall(verdict.Caller!, client!, body!.Value.Bytes, body.Value.Digest));
        await performer.PerformAsync(context, next, faults.Next(), entry);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The kinds listed are what an aborted or oversized body gives.")]
    private static async ValueTask<(ReceivedBody? Body, Problem? Unreadable)> ReadBodyAsync(HttpContext context)
    {
        try
        {
            return (await ReceivedBody.ReadAsync(context), null);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, new Problem(exception.StatusCode, Rejections.BodyUnreadable, "The body is too large or not as announced."));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return (null, new Problem(400, Rejections.BodyUnreadable, "The body ended early."));
        }
    }

    private ValueTask<Verdict> VerifyAsync(HttpContext context, string bodyDigest)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var assertions = context.Request.Headers[AssertionVerifier.Header];
        return verifier.VerifyAsync(new ReceivedCall(assertions, context.Request.Method, target, bodyDigest));
    }

    private static Call Describe(HttpContext context, DateTimeOffset at, Verdict verdict, int? status)
    {
        var headers = context.Request.Headers;
        // Of a call that was not verified only the claimed id is kept, and only if it is one.
        var decisionId = verdict.Caller?.DecisionId
            ?? (headers[DecisionHeader] is [{ } claimed] && Guid.TryParseExact(claimed, "D", out _) ? claimed : null);
        return new Call(
            Sequence: 0, at, decisionId, context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            verdict.Caller?.Client, verdict.Caller?.Subject, status, verdict.IsAccepted, verdict.Rejection,
            headers[PaymentsModule.KeyHeader] is [{ } key] ? key : null);
    }
}
