using CorpSecure.Identity.Dpop;

namespace CorpSecure.Identity.Sessions;

/// <summary>The list of sessions for applications: <c>GET /connect/sessions</c>, <c>POST /connect/sessions/{sid|all}/end</c>.</summary>
public static class SessionsEndpoint
{
    public const string Path = "/connect/sessions";
    private const string All = "all";

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync);
        routes.MapPost($"{Path}/{{sid}}/end", EndAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, OwnTokens tokens, SessionRegister sessions)
    {
        var (active, error) = await tokens.ReadAsync(http);
        if (active is null)
            return Challenge(http, error);
        var all = await sessions.OfUserAsync(active.User, http.RequestAborted);
        return Results.Json(new { sessions = all.Select(session => Row.Of(session, active.Session)) });
    }

    // Somebody else's session is as unknown as one that never was.
    private static async Task<IResult> EndAsync(HttpContext http, string sid, OwnTokens tokens, SessionRegister sessions, SessionEndings endings)
    {
        var (active, error) = await tokens.ReadAsync(http);
        if (active is null)
            return Challenge(http, error);
        var own = await sessions.OfUserAsync(active.User, http.RequestAborted);
        var wanted = sid == All ? own : [.. own.Where(session => session.Id.ToString() == sid)];
        if (wanted.Count == 0)
            return Results.NotFound();
        // Its own last: an end that fails half-way can be asked for again.
        foreach (var session in wanted.OrderBy(session => session.Id == active.Session.Id))
            await endings.EndRemotelyAsync(active.User, session, http.Connection.RemoteIpAddress, http.RequestAborted);
        return Results.NoContent();
    }

    // RFC 6750 section 3; RFC 9449 sections 7.1 and 9, whose faults are of one scheme only.
    private static IResult Challenge(HttpContext http, string? error)
    {
        var forbidden = error == OwnTokens.InsufficientScope;
        foreach (var scheme in error is ProofJudgement.InvalidProof or ProofJudgement.UseNonce ? [TokenHolder.Dpop] : new[] { TokenHolder.Dpop, TokenHolder.Bearer })
            http.Response.Headers.Append("WWW-Authenticate", $"{scheme} realm=\"corpsecure\", error=\"{error}\"" + (forbidden ? $", scope=\"{SessionScope.Name}\"" : ""));
        return Results.Json(new { error }, statusCode: forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized);
    }

    private sealed record Row(
        Guid Sid, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, string Acr, string? Client, string? Address, bool Current)
    {
        public static Row Of(SignInSession session, SignInSession current) => new(
            session.Id, session.StartedAt, session.LastSeenAt, session.EndsAt, session.Acr, session.ClientId, session.Address, session.Id == current.Id);
    }
}
