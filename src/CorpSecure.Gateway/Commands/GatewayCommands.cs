using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Registry;
using CorpSecure.Health;
using CorpSecure.Ledger.Schema;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CorpSecure.Gateway.Commands;

/// <summary><c>migrate</c> and <c>registry import</c>: run by an administrator, never by the serving process.</summary>
public static class GatewayCommands
{
    public const string ConnectionVariable = "CORPSECURE_ADMIN_CONNECTION";

    public const string Help = """
        corpsecure-gateway [--config FILE]                              serve
        corpsecure-gateway migrate --connection TEXT                    create or upgrade roles, schemas and tables
        corpsecure-gateway registry import FILE --connection TEXT       load clients, users, entitlements and keys
        corpsecure-gateway healthcheck https://NAME:PORT/PATH [--ca FILE]  ask this machine's own server; 0 when it is well

        corpsecure-gateway config check --config FILE [--policy FILE] [--connect]
                                                                        every fault that would stop the start; --connect also tries
                                                                        database, issuers and core

        The connection of 'migrate' and 'registry import' is an administrator's; it may stand in CORPSECURE_ADMIN_CONNECTION
        instead, out of sight of process listings. Exit codes: 0 done, 1 failed, 78 refused.
        """;

    /// <returns>Null when the arguments name no command: then serve.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["--help" or "-h" or "help", ..]:
                Console.Out.WriteLine(Help);
                return 0;
            case [HealthCommand.Verb, ..]:
                return await HealthCommand.RunAsync(args, Console.Error);
            case ["migrate", ..]:
                await MigrateAsync(Connection(args), CancellationToken.None);
                return 0;
            case ["registry", "import", var file, ..]:
                await using (var registry = new RegistryContext(RegistryContext.Options(Connection(args))))
                    Console.Out.WriteLine($"{file}: {await RegistryImport.RunAsync(file, registry, CancellationToken.None)} rows written");
                return 0;
            case ["config", "check", .. var rest]:
                return await ConfigCheck.RunAsync(rest, Console.Out, Console.Error, CancellationToken.None);
            case [var unknown, ..] when !unknown.StartsWith('-'):
                throw new StartRefusedException($"'{string.Join(' ', args)}' is not a command; see --help");
            default:
                return null;
        }
    }

    public static async Task MigrateAsync(string connectionString, CancellationToken cancellation)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        await LedgerSchema.MigrateAsync(connectionString, logging.CreateLogger("migrate"), cancellation);
        await using var registry = new RegistryContext(RegistryContext.Options(connectionString));
        await registry.Database.MigrateAsync(cancellation);
        await RegisteredKeys.FillThumbprintsAsync(registry, cancellation);
    }

    private static string Connection(string[] args)
    {
        var at = Array.IndexOf(args, "--connection");
        var text = at >= 0 && at + 1 < args.Length
            ? args[at + 1]
            : Environment.GetEnvironmentVariable(ConnectionVariable) ?? throw new StartRefusedException("--connection is missing");
        try
        {
            return new NpgsqlConnectionStringBuilder(text).ToString();
        }
        catch (ArgumentException error)
        {
            throw new StartRefusedException($"--connection: {error.Message}");
        }
    }
}
