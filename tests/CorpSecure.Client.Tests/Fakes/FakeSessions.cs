using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>The sessions of one user, the first of them the current one.</summary>
public sealed class FakeSessions
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    public List<string> Sids { get; } = ["here", "elsewhere", "there"];

    public ConcurrentQueue<string?> Proofs { get; } = new();

    /// <summary>In place of the answer, such as <c>invalid_token</c>.</summary>
    public string? Error { get; set; }

    public void Map(WebApplication app, FakeProofs proofs)
    {
        app.MapGet("/connect/sessions", (HttpContext context) => Guarded(context, proofs, () => Results.Json(new
        {
            sessions = Sids.Select((sid, number) => new
            {
                sid,
                startedAt = Start,
                lastSeenAt = Start.AddMinutes(number),
                endsAt = Start.AddHours(12),
                acr = "urn:corpsecure:acr:mfa",
                client = "corpsec",
                address = "192.0.2.1",
                current = number == 0,
            }),
        })));
        app.MapPost("/connect/sessions/{sid}/end", (HttpContext context, string sid) => Guarded(context, proofs, () =>
            (sid == "all" ? Sids.RemoveAll(_ => true) : Sids.RemoveAll(each => each == sid)) > 0 ? Results.NoContent() : Results.NotFound()));
    }

    private IResult Guarded(HttpContext context, FakeProofs proofs, Func<IResult> answer)
    {
        Proofs.Enqueue(context.Request.Headers["DPoP"]);
        if (proofs.LacksNonce(context))
        {
            context.Response.Headers.WWWAuthenticate = "DPoP realm=\"corpsecure\", error=\"use_dpop_nonce\"";
            return Results.Json(new { error = "use_dpop_nonce" }, statusCode: 401);
        }
        var bound = context.Request.Headers.Authorization.ToString().StartsWith("DPoP ey", StringComparison.Ordinal);
        return Error is null && bound ? answer() : Results.Json(new { error = Error ?? "invalid_token" }, statusCode: 401);
    }
}
