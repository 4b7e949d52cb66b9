namespace CorpSecure.DevHost.Containers;

/// <summary>One folder for each container, which sees it alone and read-only; and the authority's, which no server sees.</summary>
internal sealed record Volumes(string Root)
{
    /// <summary>Where a container finds its folder.</summary>
    public const string Mount = "/run/corpsecure";

    public const string Postgres = "postgres";
    public const string Balancer = "balancer";
    public const string Valkey = "valkey";

    /// <summary>Everything, made at the first start and kept: certificate authority, keys, passwords.</summary>
    public string Authority => Of("authority");

    public string Of(string part) => Path.Combine(Root, part);
}
