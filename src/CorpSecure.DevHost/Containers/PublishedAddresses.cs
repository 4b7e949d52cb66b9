using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Hosting;

namespace CorpSecure.DevHost.Containers;

/// <summary>How the system is reached from outside: one host name, and the ports that the engine publishes.</summary>
internal sealed record PublishedAddresses(string Host, int Api, int SignIn, int Ops, int StaffSignIn, int Control, int CertificateSignIn)
{
    /// <summary>Inside, each container has an address of its own, so ports are the usual ones.</summary>
    private static readonly PortPlan Inside = new(0);

    public Placement Placement => new()
    {
        Addresses = new DemoAddresses(
            DemoAddresses.Origin(Api, Host), DemoAddresses.Origin(SignIn, Host), DemoAddresses.Origin(StaffSignIn, Host),
            DemoAddresses.Origin(Ops, Host), DemoAddresses.Origin(Inside.Core, ContainerNames.Core), DemoAddresses.Origin(Control), DemoAddresses.Origin(CertificateSignIn, Host)),
        Listening = Inside,
        ListenAddress = "0.0.0.0",
        Core = DemoAddresses.Origin(Inside.Core, ContainerNames.Core),
        IssuerPlace = realm => $"identity-{realm}:{(realm == "staff" ? Inside.IdentityStaff : Inside.IdentityCorporate)}",
        ReplicaSuffix = "{host}",
    };

    /// <summary>The names that a part's certificate is valid for: its own among the containers, and the public one.</summary>
    public IReadOnlyList<string> HostsOf(string part) => part switch
    {
        "core-bank" => [ContainerNames.Core],
        "gateway" or "ops" => [Host, ContainerNames.Gateway],
        _ => [Host, part],
    };
}

/// <summary>By which the containers reach each other.</summary>
internal static class ContainerNames
{
    public const string Core = "core-simulator";
    public const string Gateway = "gateway";
    public const string Postgres = "postgres";
}
