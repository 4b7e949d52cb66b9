using System.Text.Json;
using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Ops;
using CorpSecure.Gateway.Problems;
using CorpSecure.Protocol.Keys;

namespace CorpSecure.Gateway.Keys;

/// <summary>What the bank's security officers may see and do of clients' keys.</summary>
public static class KeyOpsEndpoints
{
    private const int LongestList = 500;

    public static void MapKeys(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/ops/v1/keys", ListAsync);
        endpoints.MapPost("/ops/v1/keys/{key}/revoke", RevokeAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string? client, string? subject, KeyStore keys, CancellationToken cancellation) =>
        Results.Json(await keys.ListAsync(client, subject, LongestList, Exchange.Of(context).Facts.At, cancellation));

    private static async Task<IResult> RevokeAsync(HttpContext context, string key, KeyStore keys, OutcomeRecorder outcomes, ProblemWriter problems)
    {
        var exchange = Exchange.Of(context);
        var id = exchange.Facts.DecisionId;
        if (ReasonIn(exchange.Body.Bytes.Span) is not { } reason)
            return OpsProblems.BadBody($"reason must be one of {string.Join(", ", RevocationReasons.All)}");
        // Begun, it is ended, whether or not its sender waits.
        var (state, refusal) = await EndAsync(keys, key, exchange.Facts.At, reason);
        var outcome = refusal == Reasons.RegistryUnavailable ? OutcomeState.Unknown : OutcomeState.Answered;
        await outcomes.RecordAsync(id, outcome, refusal?.Status ?? StatusCodes.Status200OK);
        if (refusal is null)
            return Results.Json(state);
        await problems.WriteAsync(context, refusal, id);
        return Results.Empty;
    }

    private static async Task<(KeyDocument? Key, Reason? Refusal)> EndAsync(KeyStore keys, string key, DateTimeOffset at, string reason)
    {
        try
        {
            return await keys.EndAsync(key, KeyStore.Revoked, at, reason, CancellationToken.None) is null
                ? (null, Reasons.KeyNotFound)
                : (KeyStore.Document((await keys.FindAsync(key, CancellationToken.None))!, at), null);
        }
        catch (Exception error) when (DatabaseTrouble.IsCauseOf(error))
        {
            return (null, Reasons.RegistryUnavailable); // recorded as unknown
        }
    }

    private static string? ReasonIn(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<RevocationDocument>(body, JsonSerializerOptions.Web)?.Reason is { } reason && RevocationReasons.All.Contains(reason) ? reason : null;
        }
        catch (JsonException)
        {
            return null; // that is the answer
        }
    }
}
