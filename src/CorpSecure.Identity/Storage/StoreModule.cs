using System.Data.Common;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Outages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CorpSecure.Identity.Storage;

public static class StoreModule
{
    private const string HistoryTable = "schema_versions";

    public static IServiceCollection AddIdentityStore(this IServiceCollection services, Realm realm, string connectionString) =>
        services.AddScoped<StoreOutage>().AddDbContext<IdentityStore>((scope, options) => options
            .UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, realm.Schema()))
            .AddInterceptors(scope.GetRequiredService<StoreOutage>().Commands, scope.GetRequiredService<StoreOutage>().Connections));

    public static IdentityStore Open(Realm realm, DbConnection connection) =>
        new(new DbContextOptionsBuilder<IdentityStore>()
            .UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, realm.Schema()))
            .Options);
}

/// <summary>Lets <c>dotnet ef migrations add</c> build the model without a server.</summary>
public sealed class IdentityStoreFactory : IDesignTimeDbContextFactory<IdentityStore>
{
    public IdentityStore CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<IdentityStore>().UseNpgsql("Host=unused").Options);
}
