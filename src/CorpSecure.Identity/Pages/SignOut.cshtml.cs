using CorpSecure.Identity.Audit;
using CorpSecure.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CorpSecure.Identity.Pages;

public sealed class SignOutModel(SessionEndings endings) : PageModel
{
    public bool SignedOut { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await SessionCookie.ReadAsync(HttpContext) is { } active)
        {
            await endings.EndAsync(active.Session, SignInEvent.SignedOut(active.User), HttpContext.Connection.RemoteIpAddress, cancellation);
            await HttpContext.SignOutAsync(SessionCookie.Scheme);
        }

        SignedOut = true;
        return Page();
    }
}
