using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Identity.Factors;

/// <summary>
/// Counts an attempt before it is judged, so parallel guesses on several replicas cannot be more than the limit:
/// whoever finds the account locked is never told whether the guess was right.
/// </summary>
public sealed class AttemptCounter(IdentityStore store, SignInLimits limits, TimeProvider clock)
{
    /// <returns>How many attempts in a row this is; null when the account is locked, or there is none.</returns>
    public async Task<int?> TakeAsync(string userId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var until = now + limits.Lockout;
        var taken = await store.Database.SqlQuery<int>($"""
            update users
            set failed_attempts = case when locked_until is null then failed_attempts + 1 else 1 end,
                locked_until = case when (case when locked_until is null then failed_attempts + 1 else 1 end) >= {limits.Attempts} then {until} end
            where id = {userId} and (locked_until is null or locked_until <= {now})
            returning failed_attempts as "Value"
            """).ToListAsync(cancellation);
        return taken is [var count] ? count : null;
    }

    /// <summary>A success ends the row of failures.</summary>
    public Task ForgiveAsync(BankUser user, CancellationToken cancellation) =>
        store.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancellation);
}
