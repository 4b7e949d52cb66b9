using System.Collections.Concurrent;
using CorpSecure.Protocol.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>Records what arrives and answers from a queue; 200 <c>{"ok":true}</c> when that is empty.</summary>
public sealed class FakeGateway : IAsyncDisposable
{
    public static readonly Guid DecisionId = Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057");

    private FakeServer? _server;

    public Uri Address => _server!.Address;

    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = new();

    public FakeProofs Proofs { get; } = new();

    public static async Task<FakeGateway> StartAsync(TestAuthority authority)
    {
        var gateway = new FakeGateway();
        gateway._server = await FakeServer.StartAsync(authority, app => app.Run(gateway.HandleAsync));
        return gateway;
    }

    /// <summary>A step-up as the gateway asks for it (RFC 9470).</summary>
    public void WillChallenge(string acrValues, int maximumAge) => Answers.Enqueue(context => ChallengeAsync(context, acrValues, maximumAge));

    public static Task ChallengeAsync(HttpContext context, string acrValues, int maximumAge)
    {
        context.Response.Headers.WWWAuthenticate =
            $"DPoP realm=\"corpsecure\", algs=\"ES256 PS256 EdDSA\", error=\"insufficient_user_authentication\", acr_values=\"{acrValues}\", max_age=\"{maximumAge}\"";
        return RefuseAsync(context, "acr.insufficient", 401);
    }

    public void WillRefuse(string code, int status, DateTimeOffset? date = null, bool retryable = false, string? detail = null) =>
        Answers.Enqueue(context =>
        {
            if (date is { } at)
            {
                context.Response.Headers.Date = at.ToString("R");
            }
            return RefuseAsync(context, code, status, retryable, detail);
        });

    public void WillRedirect(Uri target) => Answers.Enqueue(context =>
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = target.AbsoluteUri;
        return Task.CompletedTask;
    });

    public void WillAnswer(string text, int status = 200, string contentType = "application/json") => Answers.Enqueue(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text);
    });

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task RefuseAsync(HttpContext context, string code, int status, bool retryable = false, string? detail = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ProblemDocument.MediaType;
        var problem = ProblemDocument.Of(code, $"Refused: {code}", status) with { DecisionId = DecisionId, Retryable = retryable, Detail = detail };
        await context.Response.Body.WriteAsync(problem.ToUtf8());
    }

    private async Task HandleAsync(HttpContext context)
    {
        Received.Enqueue(await ReceivedRequest.ReadAsync(context, Address));
        context.Response.Headers[HeaderNames.DecisionId] = DecisionId.ToString();
        if (Proofs.LacksNonce(context))
        {
            context.Response.Headers.WWWAuthenticate = "DPoP realm=\"corpsecure\", algs=\"ES256 PS256 EdDSA\", error=\"use_dpop_nonce\"";
            await RefuseAsync(context, "dpop.nonce-missing", 401);
            return;
        }
        if (Answers.TryDequeue(out var answer))
        {
            await answer(context);
            return;
        }
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"ok":true}""");
    }
}
