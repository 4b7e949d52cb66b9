using System.Net;
using System.Net.Sockets;

namespace CorpSecure.Benchmarks.Load;

internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether somebody listens; a tenth of a second later at the latest.</summary>
    public static async Task<bool> AcceptsAsync(int port)
    {
        using var patience = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            await patience.WaitForNextTickAsync();
            return false;
        }
    }
}
