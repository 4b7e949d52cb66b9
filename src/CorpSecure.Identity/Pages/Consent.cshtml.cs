using CorpSecure.Identity.Audit;
using CorpSecure.Identity.Consent;
using CorpSecure.Identity.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace CorpSecure.Identity.Pages;

/// <summary>Shows the payments that a client asks for, and takes the person's answer.</summary>
public sealed class ConsentModel(ConsentMarks marks, SignInLedger ledger) : PageModel
{
    public IReadOnlyList<PaymentInitiation> Payments { get; private set; } = [];

    public string ClientName { get; private set; } = "";

    public string ReturnUrl { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync([FromQuery] string? returnUrl)
    {
        if (await AcceptAsync(returnUrl) is not { } request)
            return BadRequest();
        return await SessionCookie.ReadAsync(HttpContext) is null ? Redirect(request.Text) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] string? returnUrl, [FromForm] string? answer, CancellationToken cancellation)
    {
        if (await AcceptAsync(returnUrl) is not { } request)
            return BadRequest();
        if (await SessionCookie.ReadAsync(HttpContext) is not { } active)
            return Redirect(request.Text);
        ConsentAnswer? given = answer switch
        {
            "approve" => ConsentAnswer.Approved,
            "refuse" => ConsentAnswer.Refused,
            _ => null,
        };
        if (given is not { } decided)
            return Page();

        var details = AuthorizationDetails.Of(request.Request)!;
        await ledger.AppendAsync(
            SignInEvent.Consent(active.User, decided == ConsentAnswer.Approved) with
            {
                OAuthClient = request.ClientId,
                Acr = active.Session.Acr,
                Amr = Acr.MethodsOf(active.Session.Acr),
                Shown = details,
                Address = HttpContext.Connection.RemoteIpAddress,
            },
            cancellation);
        var mark = marks.Make(decided, request.Reference, details, active.Session.Id);
        return Redirect(QueryHelpers.AddQueryString(request.Text, ConsentMarks.Parameter, mark));
    }

    private async Task<ReturnUrl?> AcceptAsync(string? returnUrl)
    {
        var request = await Pages.ReturnUrl.FindAsync(HttpContext, returnUrl);
        if (request is null || AuthorizationDetails.Read(AuthorizationDetails.Of(request.Request)) is not { } payments)
            return null;
        (Payments, ClientName, ReturnUrl) = (payments, request.ClientId, request.Text);
        SecurityHeaders.AllowFormToReach(HttpContext, request);
        return request;
    }
}
