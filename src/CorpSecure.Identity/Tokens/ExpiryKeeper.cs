using CorpSecure.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenIddict.Abstractions;

namespace CorpSecure.Identity.Tokens;

/// <summary>Every hour removes what has expired: sessions, spent assertions and proofs, tokens, authorizations.</summary>
public sealed partial class ExpiryKeeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ExpiryKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await RemoveAsync(scope.ServiceProvider, stoppingToken);
            }
            catch (NpgsqlException error)
            {
                LogNotRemoved(error);
            }
        }
    }

    private async Task RemoveAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var store = services.GetRequiredService<IdentityStore>();
        await store.Sessions.Where(session => session.EndsAt < now).ExecuteDeleteAsync(cancellation);
        await store.SpentAssertions.Where(spent => spent.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        await store.SpentProofs.Where(spent => spent.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        await services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - Grace, cancellation);
        await services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - Grace, cancellation);
    }

    [LoggerMessage(3101, LogLevel.Warning, "What has expired could not be removed; the next try is in an hour")]
    private partial void LogNotRemoved(Exception error);
}
