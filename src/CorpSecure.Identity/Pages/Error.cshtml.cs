using System.Data.Common;
using CorpSecure.Identity.PushedRequests;
using CorpSecure.Identity.Tokens;
using CorpSecure.Ledger;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

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
        Temporary = fault.Error is LedgerUnavailableException or DbException or DbUpdateException or InvalidOperationException { InnerException: DbException };
        Response.StatusCode = Temporary ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        if (Temporary)
            Response.Headers.RetryAfter = "5";
        return fault.Path is TokenEndpoint.Path or PushedRequestsModule.Path
            ? new JsonResult(new { error = Temporary ? "temporarily_unavailable" : "server_error" }) { StatusCode = Response.StatusCode }
            : Page();
    }
}
