using System.Text.Json;
using CoreBank.Simulator.Hosting;

namespace CoreBank.Simulator.Payments;

/// <summary>An answer kept as bytes, so that a replay is the first answer and not a new one that resembles it.</summary>
public sealed record PaymentAnswer(int Status, string ContentType, string? Location, byte[] Body)
{
    public const string ReplayHeader = "Idempotent-Replay";

    public static PaymentAnswer Of(Problem problem) => new(
        problem.Status, Answers.ProblemContentType, null, JsonSerializer.SerializeToUtf8Bytes(problem, SimulatorJson.Strict.Problem));

    public static PaymentAnswer Of(Payment payment) => payment.Status switch
    {
        PaymentStatus.Accepted => new PaymentAnswer(
            201, "application/json; charset=utf-8", "/corporate/v1/payments/" + payment.Id,
            JsonSerializer.SerializeToUtf8Bytes(PaymentView.Of(payment), SimulatorJson.Strict.PaymentView)),
        PaymentStatus.Rejected => Of(PaymentDesk.InsufficientFunds with { PaymentId = payment.Id }),
    };

    public Task WriteAsync(HttpContext context, bool replay)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = Body.Length;
        if (Location is not null)
            context.Response.Headers.Location = Location;
        if (replay)
            context.Response.Headers[ReplayHeader] = "true";
        return context.Response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
    }
}
