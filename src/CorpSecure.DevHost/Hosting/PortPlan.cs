using System.Net;
using System.Net.Sockets;

namespace CorpSecure.DevHost.Hosting;

/// <summary>Every port of the system, moved together by one offset.</summary>
public sealed record PortPlan(int Offset)
{
    // A predecessor that was killed a moment ago may still hold its ports.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public int Gateway => 8443 + Offset;

    public int IdentityCorporate => 8444 + Offset;

    /// <summary>Of the corporate identity, for clients with certificates.</summary>
    public int IdentityMtls => 8445 + Offset;

    public int Ops => 9444 + Offset;

    public int IdentityStaff => 9445 + Offset;

    public int Core => 7443 + Offset;

    public int CoreControl => 7444 + Offset;

    public int Postgres => 7432 + Offset;

    /// <exception cref="ConfigurationFaultException">Names the ports that are taken, and the way out.</exception>
    public async Task EnsureFreeAsync(bool withPostgres, TimeProvider time, CancellationToken cancellation)
    {
        (string Part, int Port)[] all =
        [
            ("gateway", Gateway), ("ops API", Ops), ("identity, corporate", IdentityCorporate), ("identity, certificates", IdentityMtls), ("identity, staff", IdentityStaff),
            ("core bank", Core), ("core bank control", CoreControl), ("PostgreSQL", Postgres),
        ];
        if (all.Any(each => each.Port is < 1 or > IPEndPoint.MaxPort))
            throw new ConfigurationFaultException($"--port-offset {Offset} leads to ports that do not exist.");

        var wanted = withPostgres ? all : all[..^1];
        var started = time.GetTimestamp();
        while (true)
        {
            var taken = wanted.Where(each => !IsFree(each.Port)).ToArray();
            if (taken.Length == 0)
                return;
            if (time.GetElapsedTime(started) > Patience)
                throw new ConfigurationFaultException(Describe(taken));
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private string Describe((string Part, int Port)[] taken)
    {
        var ports = string.Join(", ", taken.Select(each => $"{each.Port} ({each.Part})"));
        var other = Offset + 1000 > 50_000 ? 0 : Offset + 1000;
        return $"Already taken by another program: port {ports}. Stop that program, or move all ports: --port-offset {other}";
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
