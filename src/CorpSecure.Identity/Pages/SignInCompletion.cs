using System.Net;
using CorpSecure.Identity.Audit;
using CorpSecure.Identity.Factors;
using CorpSecure.Identity.Sessions;
using CorpSecure.Identity.Users;
using Microsoft.AspNetCore.Mvc;

namespace CorpSecure.Identity.Pages;

/// <summary>The end of a sign-in: first the ledger, then the session or the one message for every failure.</summary>
public sealed class SignInCompletion(SignInLedger ledger, SessionRegister sessions)
{
    public async Task<IActionResult> CompleteAsync(HttpContext http, Judgement judgement, string acr, ReturnUrl request)
    {
        var (user, address) = (judgement.User, http.Connection.RemoteIpAddress);
        if (judgement.Fault is { } fault)
        {
            await RecordFailureAsync(judgement, fault, acr, request, address, http.RequestAborted);
            return new RedirectResult($"/sign-in?failed=true&returnUrl={Uri.EscapeDataString(request.Text)}");
        }

        await ledger.AppendAsync(
            SignInEvent.SignedIn(user!) with { OAuthClient = request.ClientId, Acr = acr, Amr = Acr.MethodsOf(acr), Address = address }, http.RequestAborted);
        await SessionCookie.SetAsync(http, await sessions.StartAsync(user!, acr, request.ClientId, address, http.RequestAborted));
        return new LocalRedirectResult(request.Text);
    }

    private async Task RecordFailureAsync(
        Judgement judgement, FactorFault fault, string acr, ReturnUrl request, IPAddress? address, CancellationToken cancellation)
    {
        var failed = SignInEvent.FactorFailed(judgement.User) with { OAuthClient = request.ClientId, Acr = acr, Reason = fault.Reason(), Address = address };
        await ledger.AppendAsync(failed, cancellation);
        if (judgement.Locks)
            await ledger.AppendAsync(SignInEvent.LockedOut(judgement.User) with { Reason = "sign-in.attempts-exhausted", Address = address }, cancellation);
    }
}
