namespace CorpSecure.Identity.Hosting;

/// <summary>Whose identities a process keeps. One process serves exactly one realm.</summary>
public enum Realm
{
    Corporate = 1,
    Staff = 2,
}

public static class RealmNames
{
    public static string Name(this Realm realm) => realm switch
    {
        Realm.Corporate => "corporate",
        Realm.Staff => "staff",
    };

    /// <summary>The PostgreSQL schema that holds everything of the realm.</summary>
    public static string Schema(this Realm realm) => $"identity_{realm.Name()}";

    /// <summary>The database login of the realm's process.</summary>
    public static string DatabaseRole(this Realm realm) => $"corpsecure_identity_{realm.Name()}";
}
