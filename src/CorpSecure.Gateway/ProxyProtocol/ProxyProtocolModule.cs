using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CorpSecure.Gateway.ProxyProtocol;

/// <summary>
/// Where clients reach the gateway through a balancer that passes TLS on, it names their addresses before TLS begins. From its
/// networks every connection must begin so, or it is closed: nothing is guessed. From anywhere else none may, since TLS would not.
/// </summary>
public static class ProxyProtocolModule
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Before <c>UseHttps</c>. Only the client's end changes: which door a connection belongs to stays what it is here.</summary>
    public static void UseProxyProtocol(this ListenOptions listen, IReadOnlyCollection<string> networks)
    {
        if (networks.Count == 0)
            return;
        var balancers = networks.Select(network => IPNetwork.Parse(network)).ToArray();
        listen.Use(next => connection => connection.RemoteEndPoint is IPEndPoint peer && Array.Exists(balancers, network => network.Contains(Plain(peer.Address)))
            ? ReadAsync(connection, next)
            : next(connection));
    }

    private static async Task ReadAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (await HeaderAsync(connection) is not { } header)
        {
            connection.Abort();
            return;
        }

        if (header.Source is { } client)
            connection.RemoteEndPoint = client;
        await next(connection);
    }

    private static async Task<ProxyHeader?> HeaderAsync(ConnectionContext connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(Patience);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(patience.Token);
                var header = ProxyHeader.Read(read.Buffer, out var atFault);
                if (header is not null)
                {
                    input.AdvanceTo(read.Buffer.GetPosition(header.Length));
                    return header;
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (atFault || read.IsCompleted)
                    return null;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            return null; // too slow, or gone: there is nobody to answer
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
