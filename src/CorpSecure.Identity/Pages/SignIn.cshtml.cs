using CorpSecure.Identity.Factors;
using CorpSecure.Identity.Sessions;
using CorpSecure.Identity.Users;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CorpSecure.Identity.Pages;

/// <summary>The first page. It answers a wrong password exactly as a right one where a code is still to come.</summary>
public sealed class SignInModel(
    UserManager<BankUser> users, PasswordCheck passwords, FactorJudge judge, PendingSignInCookie pending, SignInCompletion completion) : PageModel
{
    public const string FailureMessage =
        "Sign-in failed. Check everything you entered and try again. After five failed attempts in a row sign-in is locked for 30 minutes.";

    [BindProperty]
    public SignInForm Form { get; set; } = new();

    public bool Failed { get; private set; }

    public string ReturnUrl { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync([FromQuery] string? returnUrl, [FromQuery] bool failed)
    {
        if (await AcceptAsync(returnUrl) is not { } request)
            return BadRequest();
        ReturnUrl = request.Text;
        Failed = failed;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] string? returnUrl, CancellationToken cancellation)
    {
        if (await AcceptAsync(returnUrl) is not { } request)
            return BadRequest();
        ReturnUrl = request.Text;
        if (!ModelState.IsValid)
            return Page();

        var user = await users.FindByNameAsync(Form.Username!);
        var good = passwords.Verify(user, Form.Password!);
        if (request.DemandedAcr == Acr.TwoFactors)
        {
            pending.Set(Response, user?.Id ?? "", good, request.Text);
            return Redirect($"/sign-in/code?returnUrl={Uri.EscapeDataString(request.Text)}");
        }

        var judgement = await judge.PasswordAloneAsync(user, good, cancellation);
        return await completion.CompleteAsync(HttpContext, judgement, Acr.Password, request);
    }

    private async Task<ReturnUrl?> AcceptAsync(string? returnUrl)
    {
        var request = await Pages.ReturnUrl.FindAsync(HttpContext, returnUrl);
        if (request is not null)
            SecurityHeaders.AllowFormToReach(HttpContext, request);
        return request;
    }
}

public sealed record SignInForm
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    public override string ToString() => "SignInForm(redacted)";
}

public sealed class SignInFormValidator : AbstractValidator<SignInForm>
{
    public SignInFormValidator()
    {
        RuleFor(form => form.Username).NotEmpty().WithMessage("Enter your user name.").MaximumLength(100);
        RuleFor(form => form.Password).NotEmpty().WithMessage("Enter your password.").MaximumLength(200);
    }
}
