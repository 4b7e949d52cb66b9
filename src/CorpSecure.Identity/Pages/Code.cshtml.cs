using CorpSecure.Identity.Factors;
using CorpSecure.Identity.Sessions;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CorpSecure.Identity.Pages;

/// <summary>The second page: takes the code, then everything is judged at once.</summary>
public sealed class CodeModel(FactorJudge judge, PendingSignInCookie pending, SignInCompletion completion) : PageModel
{
    [BindProperty]
    public CodeForm Form { get; set; } = new();

    public string ReturnUrl { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync([FromQuery] string? returnUrl)
    {
        if (await AcceptAsync(returnUrl) is not { } request)
            return BadRequest();
        return pending.Read(Request, request.Text) is null ? StartAgain(request) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] string? returnUrl, CancellationToken cancellation)
    {
        if (await AcceptAsync(returnUrl) is not { } request)
            return BadRequest();
        if (pending.Read(Request, request.Text) is not { } first)
            return StartAgain(request);
        if (!ModelState.IsValid)
            return Page();

        var digits = string.Concat(Form.Code!.Where(char.IsAsciiDigit));
        pending.Delete(Response);
        var judgement = await judge.PasswordAndCodeAsync(first.UserId, first.PasswordGood, digits, cancellation);
        return await completion.CompleteAsync(HttpContext, judgement, Acr.TwoFactors, request);
    }

    private async Task<ReturnUrl?> AcceptAsync(string? returnUrl)
    {
        var request = await Pages.ReturnUrl.FindAsync(HttpContext, returnUrl);
        if (request is null)
            return null;
        ReturnUrl = request.Text;
        SecurityHeaders.AllowFormToReach(HttpContext, request);
        return request;
    }

    private RedirectResult StartAgain(ReturnUrl request) => Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(request.Text)}");
}

public sealed record CodeForm
{
    public string? Code { get; init; }

    public override string ToString() => "CodeForm(redacted)";
}

public sealed class CodeFormValidator : AbstractValidator<CodeForm>
{
    public CodeFormValidator() =>
        RuleFor(form => form.Code).NotEmpty().WithMessage("Enter the code.").Matches(@"^\s*([0-9]\s*){6}$").WithMessage("A code has six digits.");
}
