using CorpSecure.Identity.Hosting;
using Npgsql;

namespace CorpSecure.Identity.Storage;

/// <summary>The schema comes from the connection, never from the model, so both realms share one set of migrations.</summary>
public static class RealmConnection
{
    public static string For(Realm realm, string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = realm.Schema(), Timezone = "UTC" }.ConnectionString;
}
