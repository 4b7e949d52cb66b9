using System.Net;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Identity.Sessions;

/// <summary>Judges sessions by their rows alone: whatever cookies and tokens say, a session that is not live here is over.</summary>
public sealed class SessionRegister(IdentityStore store, SignInLimits limits, TimeProvider clock)
{
    /// <summary>A busy session is written no more often. It makes the idle time shorter by as much, never longer.</summary>
    public static readonly TimeSpan TouchEvery = TimeSpan.FromSeconds(10);

    public async Task<SignInSession> StartAsync(BankUser user, string acr, string? clientId, IPAddress? address, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var session = new SignInSession
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Stamp = user.SecurityStamp ?? "",
            Acr = acr,
            StartedAt = now,
            LastSeenAt = now,
            EndsAt = now + limits.AbsoluteSession,
            ClientId = clientId,
            Address = address?.ToString(),
        };
        store.Sessions.Add(session);
        await store.SaveChangesAsync(cancellation);
        return session;
    }

    /// <summary>Finds a session that is being used, and notes that it is.</summary>
    /// <returns>Null when it has ended, was idle for too long, or the user's credentials have changed since.</returns>
    public async Task<ActiveSession?> UseAsync(Guid id, CancellationToken cancellation)
    {
        var active = await FindAsync(id, cancellation);
        if (active is not null)
            await TouchAsync(active.Session, cancellation);
        return active;
    }

    /// <summary>As <see cref="UseAsync"/>, for whoever only asks.</summary>
    public async Task<ActiveSession?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var found = await Live()
            .Where(session => session.Id == id)
            .Join(store.Users.AsNoTracking(), session => session.UserId, user => user.Id, (session, user) => new { session, user })
            .SingleOrDefaultAsync(cancellation);
        return found is not null && found.session.Stamp == found.user.SecurityStamp ? new ActiveSession(found.session, found.user) : null;
    }

    /// <returns>The user's live sessions, the youngest first.</returns>
    public async Task<IReadOnlyList<SignInSession>> OfUserAsync(BankUser user, CancellationToken cancellation) =>
        await Live()
            .Where(session => session.UserId == user.Id && session.Stamp == user.SecurityStamp)
            .OrderByDescending(session => session.StartedAt)
            .ToListAsync(cancellation);

    private IQueryable<SignInSession> Live()
    {
        var now = clock.GetUtcNow();
        var leastSeen = now - limits.IdleSession;
        return store.Sessions.AsNoTracking().Where(session => session.EndsAt > now && session.LastSeenAt > leastSeen);
    }

    // The condition stands in the statement too, so that parallel requests on all replicas make one write together.
    private async Task TouchAsync(SignInSession session, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var due = now - TouchEvery;
        if (session.LastSeenAt <= due)
            await store.Sessions.Where(s => s.Id == session.Id && s.LastSeenAt <= due).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), cancellation);
    }
}

public sealed record ActiveSession(SignInSession Session, BankUser User);
