namespace CorpSecure.Cli.Profiles;

/// <summary>The two worlds that never mix: clients on the gateway, bank staff on the ops API.</summary>
internal enum Realm
{
    Corporate,
    Staff,
}

internal static class RealmNames
{
    public static string Name(this Realm realm) => realm switch
    {
        Realm.Corporate => "corporate",
        Realm.Staff => "staff",
    };
}
