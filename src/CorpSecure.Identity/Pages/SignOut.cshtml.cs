using CorpSecure.Identity.Audit;
using CorpSecure.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CorpSecure.Identity.Pages;

public sealed class SignOutModel(SessionRegister sessions, SignInLedger ledger) : PageModel
{
    public bool SignedOut { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await SessionCookie.ReadAsync(HttpContext) is { } active)
        {
            // The session ends first: a ledger that is away must not keep anybody signed in.
            await sessions.EndAsync(active.Session.Id, cancellation);
            await HttpContext.SignOutAsync(SessionCookie.Scheme);
            await ledger.AppendAsync(
                SignInEvent.SignedOut(active.User) with { Acr = active.Session.Acr, Amr = Acr.MethodsOf(active.Session.Acr), Address = HttpContext.Connection.RemoteIpAddress },
                cancellation);
        }

        SignedOut = true;
        return Page();
    }
}
