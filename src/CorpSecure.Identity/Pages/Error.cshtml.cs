using CorpSecure.Identity.Outages;
using CorpSecure.Identity.PushedRequests;
using CorpSecure.Identity.Tokens;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CorpSecure.Identity.Pages;

/// <summary>Where requests end that an exception stopped: 503 when ledger or database are away, else 500.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    public bool Temporary { get; private set; }

    public IActionResult OnGet() => Answer();

    public IActionResult OnPost() => Answer();

    private IActionResult Answer()
    {
        if (HttpContext.Features.Get<IExceptionHandlerPathFeature>() is not { } fault)
            return NotFound();
        Temporary = OutagesModule.IsTemporary(fault.Error);
        Response.StatusCode = StatusCodes.Status500InternalServerError;
        if (Temporary)
            OutagesModule.MarkTemporary(Response);
        return IsForPrograms(fault.Path)
            ? new JsonResult(new { error = Temporary ? "temporarily_unavailable" : "server_error" }) { StatusCode = Response.StatusCode }
            : Page();
    }

    // Everything below /connect but the one address that browsers visit.
    private static bool IsForPrograms(string path) =>
        new PathString(path).StartsWithSegments("/connect", StringComparison.OrdinalIgnoreCase) && !new PathString(path).StartsWithSegments(AuthorizeEndpoint.Path, StringComparison.OrdinalIgnoreCase);
}
