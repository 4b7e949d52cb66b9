using CorpSecure.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CorpSecure.Identity.Pages;

/// <summary>Where a person sees the own sessions and ends those left open elsewhere.</summary>
public sealed class SessionsModel(SessionRegister sessions, SessionEndings endings) : PageModel
{
    public IReadOnlyList<SignInSession> Sessions { get; private set; } = [];

    public Guid? Current { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await SessionCookie.ReadAsync(HttpContext) is { } active)
        {
            Current = active.Session.Id;
            Sessions = await sessions.OfUserAsync(active.User, cancellation);
        }
        else
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] Guid sid, CancellationToken cancellation)
    {
        if (await SessionCookie.ReadAsync(HttpContext) is not { } active)
            return Redirect("/sessions");
        var own = await sessions.OfUserAsync(active.User, cancellation);
        if (own.SingleOrDefault(session => session.Id == sid) is not { } wanted)
            return NotFound();
        await endings.EndRemotelyAsync(active.User, wanted, HttpContext.Connection.RemoteIpAddress, cancellation);
        if (wanted.Id == active.Session.Id)
            await HttpContext.SignOutAsync(SessionCookie.Scheme);
        return Redirect("/sessions");
    }

    public async Task<IActionResult> OnPostOthersAsync(CancellationToken cancellation)
    {
        if (await SessionCookie.ReadAsync(HttpContext) is not { } active)
            return Redirect("/sessions");
        foreach (var other in await sessions.OfUserAsync(active.User, cancellation))
        {
            if (other.Id != active.Session.Id)
                await endings.EndRemotelyAsync(active.User, other, HttpContext.Connection.RemoteIpAddress, cancellation);
        }

        return Redirect("/sessions");
    }
}
