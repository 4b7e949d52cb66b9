using System.Collections.Concurrent;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Registry;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Gateway.Revocations;

/// <summary>As the table has it.</summary>
internal sealed record RevocationRow(string Realm, long Sequence, string Kind, string Value, DateTimeOffset RevokedAt, DateTimeOffset ExpiresAt);

/// <summary>Revocations that still matter. Read by one at a time, asked by all; what has ended is forgotten.</summary>
internal sealed class RevokedTokens
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Key, Entry> revoked = new();
    private long corporate;
    private long staff;
    private DateTimeOffset sweptAt;

    public int Count => revoked.Count;

    public bool Contains(Listener listener, TokenFacts token)
    {
        if (revoked.IsEmpty)
            return false;
        var realm = RegistrySnapshot.Realm(listener);
        return revoked.ContainsKey(new(realm, "token", token.TokenId))
            || (token.Session is { } session && revoked.ContainsKey(new(realm, "session", session)))
            || (revoked.TryGetValue(new(realm, "subject", token.Subject), out var entry) && token.IssuedAt < entry.At);
    }

    /// <summary>What came after the last that is known; all of it, or nothing of it counts as read.</summary>
    public async Task ReadNewAsync(RegistryContext registry, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = await registry.Database.SqlQuery<RevocationRow>($"""
            select realm as "Realm", sequence as "Sequence", kind as "Kind", value as "Value", revoked_at as "RevokedAt", expires_at as "ExpiresAt"
            from registry.revocations
            where (realm = 'corporate' and sequence > {corporate}) or (realm = 'staff' and sequence > {staff})
            """).ToListAsync(cancellation);
        foreach (var row in rows)
        {
            if (row.ExpiresAt > now)
                revoked.AddOrUpdate(new(row.Realm, row.Kind, row.Value), _ => Entry.Of(row), (_, known) => known.With(row));
            if (row.Realm == "corporate")
                corporate = Math.Max(corporate, row.Sequence);
            else
                staff = Math.Max(staff, row.Sequence);
        }

        Sweep(now);
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - sweptAt < BetweenSweeps)
            return;
        sweptAt = now;
        foreach (var pair in revoked)
        {
            if (pair.Value.ExpiresAt <= now)
                revoked.TryRemove(pair);
        }
    }

    private readonly record struct Key(string Realm, string Kind, string Value);

    private readonly record struct Entry(DateTimeOffset At, DateTimeOffset ExpiresAt)
    {
        public static Entry Of(RevocationRow row) => new(row.RevokedAt, row.ExpiresAt);

        public Entry With(RevocationRow row) => new(row.RevokedAt > At ? row.RevokedAt : At, row.ExpiresAt > ExpiresAt ? row.ExpiresAt : ExpiresAt);
    }
}
