using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Identity.Sessions;

public sealed class SessionRegister(IdentityStore store, SignInLimits limits, TimeProvider clock)
{
    public async Task<SignInSession> StartAsync(BankUser user, string acr, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var session = new SignInSession
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Stamp = user.SecurityStamp ?? "",
            Acr = acr,
            StartedAt = now,
            EndsAt = now + limits.AbsoluteSession,
        };
        store.Sessions.Add(session);
        await store.SaveChangesAsync(cancellation);
        return session;
    }

    /// <returns>The session with its user; null when it has ended or the user's credentials have changed since.</returns>
    public async Task<ActiveSession?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var found = await store.Sessions.AsNoTracking()
            .Where(session => session.Id == id && session.EndsAt > now)
            .Join(store.Users.AsNoTracking(), session => session.UserId, user => user.Id, (session, user) => new { session, user })
            .SingleOrDefaultAsync(cancellation);
        return found is not null && found.session.Stamp == found.user.SecurityStamp ? new ActiveSession(found.session, found.user) : null;
    }

    public Task EndAsync(Guid id, CancellationToken cancellation) =>
        store.Sessions.Where(session => session.Id == id).ExecuteDeleteAsync(cancellation);
}

public sealed record ActiveSession(SignInSession Session, BankUser User);
