using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CorpSecure.Identity.Outages;

/// <summary>
/// Notes, for one request, that the database did not do what it was asked. Libraries in between may take the failure
/// for an answer ("no such key", "could not be redeemed"); a caller must never be told that instead.
/// </summary>
public sealed class StoreOutage
{
    public bool Happened { get; private set; }

    public CommandOutage Commands => new(this);

    public ConnectionOutage Connections => new(this);

    private void Note() => Happened = true;

    public sealed class CommandOutage(StoreOutage outage) : DbCommandInterceptor
    {
        public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => outage.Note();

        public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            outage.Note();
            return Task.CompletedTask;
        }
    }

    public sealed class ConnectionOutage(StoreOutage outage) : DbConnectionInterceptor
    {
        public override void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => outage.Note();

        public override Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            outage.Note();
            return Task.CompletedTask;
        }
    }
}
