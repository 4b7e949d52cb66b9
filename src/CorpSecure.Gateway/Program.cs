using System.Net.Sockets;
using CorpSecure.Gateway.Commands;
using CorpSecure.Gateway.Hosting;
using Npgsql;

try
{
    if (await GatewayCommands.RunAsync(args) is { } exitCode)
        return exitCode;
    await using var app = await GatewayHost.BuildAsync(args);
    await app.RunAsync();
    return 0;
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return StartRefusedException.ExitCode;
}
catch (Exception error) when (error.GetBaseException() is NpgsqlException or IOException or SocketException)
{
    await Console.Error.WriteLineAsync($"corpsecure-gateway failed: {error.GetBaseException().Message}");
    return 1;
}
