using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Identity.Factors;

/// <summary>
/// Judges all factors of a sign-in together and only at its end (RTS Art. 4(3)(a)): no page, status or redirect
/// before that differs between a right and a wrong password, or between a known and an unknown user.
/// </summary>
public sealed class FactorJudge(IdentityStore store, AttemptCounter attempts, TotpFactor totp, SignInLimits limits)
{
    /// <summary>A sign-in for which the password suffices.</summary>
    public async Task<Judgement> PasswordAloneAsync(BankUser? user, bool passwordGood, CancellationToken cancellation)
    {
        if (await attempts.TakeAsync(user?.Id ?? "", cancellation) is not { } attempt)
            return Judgement.Refused(user, user is null ? FactorFault.UnknownUser : FactorFault.Locked, locks: false);
        if (!passwordGood)
            return Judgement.Refused(user, FactorFault.Password, locks: attempt == limits.Attempts);
        await attempts.GiveBackAsync(user!, attempt, cancellation);
        return Judgement.Passed(user!);
    }

    /// <summary>A sign-in with password and code.</summary>
    public async Task<Judgement> PasswordAndCodeAsync(string userId, bool passwordGood, string code, CancellationToken cancellation)
    {
        var attempt = await attempts.TakeAsync(userId, cancellation);
        var user = await store.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellation);
        var step = totp.Match(user, code);
        if (attempt is null)
            return Judgement.Refused(user, user is null ? FactorFault.UnknownUser : FactorFault.Locked, locks: false);

        var locks = attempt == limits.Attempts;
        if (!passwordGood)
            return Judgement.Refused(user, FactorFault.Password, locks);
        if (step is null)
            return Judgement.Refused(user, FactorFault.Code, locks);
        return await totp.AcceptAsync(user!, step.Value, cancellation)
            ? Judgement.Passed(user!)
            : Judgement.Refused(user, FactorFault.CodeReplayed, locks);
    }
}

/// <summary>For the ledger only; the person at the page is told nothing of it.</summary>
public enum FactorFault
{
    UnknownUser,
    Locked,
    Password,
    Code,
    CodeReplayed,
}

public static class FactorFaultReasons
{
    /// <summary>The stable code that the ledger keeps.</summary>
    public static string Reason(this FactorFault fault) => fault switch
    {
        FactorFault.UnknownUser => "sign-in.unknown-user",
        FactorFault.Locked => "sign-in.locked",
        FactorFault.Password => "sign-in.password",
        FactorFault.Code => "sign-in.code",
        FactorFault.CodeReplayed => "sign-in.code-replayed",
    };
}

/// <param name="Locks">This attempt was the one that locked the account.</param>
public sealed record Judgement(BankUser? User, FactorFault? Fault, bool Locks)
{
    public static Judgement Passed(BankUser user) => new(user, null, false);

    public static Judgement Refused(BankUser? user, FactorFault fault, bool locks) => new(user, fault, locks);
}
