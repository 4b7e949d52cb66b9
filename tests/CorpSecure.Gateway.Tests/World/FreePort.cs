using System.Net;
using System.Net.Sockets;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>A port that was free a moment ago; each is handed out once.</summary>
public static class FreePort
{
    private static readonly HashSet<int> Taken = [];

    public static int Take()
    {
        lock (Taken)
        {
            while (true)
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (Taken.Add(port))
                    return port;
            }
        }
    }
}
