using CorpSecure.DevHost.Demo;

namespace CorpSecure.DevHost.Containers;

/// <summary>The login of the gateways' replicas at the server they count rate limits on.</summary>
internal static class SharedLimits
{
    private const string User = "corpsecure";

    public static string Password(DemoMaterial material) => material.Secrets.Get("valkey:" + User, NewSecrets.Token);

    /// <summary>An ACL file: nobody without a password, and no administration by anyone.</summary>
    public static string Users(DemoMaterial material) => $"""
        user default off
        user {User} on >{Password(material)} ~* &* +@all -@admin -@dangerous +info

        """;
}
