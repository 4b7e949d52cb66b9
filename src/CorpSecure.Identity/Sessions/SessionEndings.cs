using System.Net;
using CorpSecure.Identity.Audit;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Identity.Sessions;

/// <summary>
/// Ends sessions: first the ledger, then one statement that removes the row and tells the gateway. Without the row no
/// refresh token, code or cookie of the session is worth anything here, and the gateway refuses its access tokens.
/// </summary>
public sealed class SessionEndings(IdentityStore store, SignInLedger ledger, IdentitySettings settings, TimeProvider clock)
{
    // A token may be on its way out while its session ends: it is younger than the end, and lives longer.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <param name="happened">What the ledger says of it; the session and its level are filled in.</param>
    public async Task EndAsync(SignInSession session, SignInEvent happened, IPAddress? address, CancellationToken cancellation)
    {
        await ledger.AppendAsync(
            happened with { Session = session.Id, Acr = session.Acr, Amr = Acr.MethodsOf(session.Acr), Address = address }, cancellation);
        var until = clock.GetUtcNow() + settings.AccessTokenLifetime + Margin;
        await store.Database.ExecuteSqlAsync(
            $"""
            with ended as (delete from sessions where "Id" = {session.Id} returning "Id")
            select "Id" from ended, lateral registry.revoke('session', "Id"::text, {until})
            """,
            cancellation);
    }

    /// <summary>A person ends a session from elsewhere.</summary>
    public Task EndRemotelyAsync(BankUser user, SignInSession session, IPAddress? address, CancellationToken cancellation) =>
        EndAsync(session, SignInEvent.SessionEnded(user), address, cancellation);
}
