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

    /// <summary>
    /// Undoes one taken attempt and no more. A password alone must not end the row of failures: whoever knows it
    /// could then guess codes for ever, four at a time.
    /// </summary>
    public Task GiveBackAsync(BankUser user, int attempt, CancellationToken cancellation)
    {
        var lockedByIt = attempt == limits.Attempts;
        return store.Users.Where(u => u.Id == user.Id && u.AccessFailedCount > 0).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount - 1).SetProperty(u => u.LockoutEnd, u => lockedByIt ? null : u.LockoutEnd),
            cancellation);
    }
}
