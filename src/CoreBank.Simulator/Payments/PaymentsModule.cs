using System.Net.Mime;
using CoreBank.Simulator.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CoreBank.Simulator.Payments;

public static class PaymentsModule
{
    public const string KeyHeader = "Idempotency-Key";

    private const int LongestKey = 255;
    private static readonly Problem s_keyMissing = new(400, "idempotency-key.missing", "A payment needs an Idempotency-Key.");
    private static readonly Problem s_keyInvalid = new(400, "idempotency-key.invalid", "The Idempotency-Key is one value of 1 to 255 visible ASCII characters.");
    private static readonly Problem s_mediaType = new(415, "request.media-type", "A payment is application/json.");
    private static readonly Problem s_unknown = new(404, "payment.unknown", "There is no such payment.");

    public static void MapPayments(this IEndpointRouteBuilder endpoints, PaymentDesk desk)
    {
        endpoints.MapPost("/corporate/v1/payments", context => PostAsync(context, desk));
        endpoints.MapGet("/corporate/v1/payments/{paymentId}", (HttpContext context, string paymentId) =>
            Show(desk.Find(context.Client().Id, paymentId)));
        endpoints.MapGet("/corporate/v1/payments/by-idempotency-key/{key}", (HttpContext context, string key) =>
            Show(desk.FindByKey(context.Client().Id, key)));
    }

    private static Task PostAsync(HttpContext context, PaymentDesk desk)
    {
        var keys = context.Request.Headers[KeyHeader];
        if (keys.Count == 0)
            return context.WriteAsync(s_keyMissing);
        if (keys is not [{ Length: > 0 and <= LongestKey } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return context.WriteAsync(s_keyInvalid);
        if (!IsJson(context.Request.ContentType))
            return context.WriteAsync(s_mediaType);

        var call = context.Features.GetRequiredFeature<AcceptedCall>();
        var (answer, replay) = desk.Take(call.Client, key, call.Body.Span, call.BodyDigest);
        return answer.WriteAsync(context, replay);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static IResult Show(Payment? payment) =>
        payment is null ? s_unknown.AsResult() : Answers.Ok(PaymentView.Of(payment), SimulatorJson.Strict.PaymentView);
}
