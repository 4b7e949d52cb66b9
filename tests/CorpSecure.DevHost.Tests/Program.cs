using CorpSecure.DevHost.Postgres;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Tests;

/// <summary>
/// Owns a cluster, or any command, until it is killed: `dotnet CorpSecure.DevHost.Tests.dll cluster DIR` and
/// `... command LOG PROGRAM ARGUMENT...`. It prints the process id of what it owns.
/// </summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        // Started from a pool thread that soon ends, as a server's own code would be.
        var processId = await Task.Run(() => arguments[0] switch
        {
            "cluster" => ClusterAsync(arguments[1]),
            "command" => CommandAsync(arguments[1], arguments[2], arguments[3..]),
            _ => throw new ArgumentException($"unknown: {arguments[0]}"),
        });
        Console.WriteLine(processId);
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    private static async Task<int> ClusterAsync(string directory)
    {
        var cluster = await PostgresCluster.StartAsync(new PostgresClusterOptions { Directory = directory }, CancellationToken.None);
        return cluster.ProcessId!.Value;
    }

    private static async Task<int> CommandAsync(string log, string program, string[] arguments)
    {
        var process = await TetheredProcess.StartAsync(new TetheredCommand(program, arguments) { LogFile = log });
        return process.Id;
    }
}
