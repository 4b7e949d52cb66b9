using CorpSecure.Health;
using CorpSecure.Identity.Import;
using CorpSecure.Identity.Storage;
using CorpSecure.Ledger;
using Npgsql;

namespace CorpSecure.Identity.Hosting;

/// <summary>The commands: serve (none given), <c>migrate</c>, <c>users import FILE</c>, <c>healthcheck URL</c>.</summary>
public static class IdentityProgram
{
    public const int Done = 0;
    public const int Usage = 64; // EX_USAGE
    public const int BadDocument = 65; // EX_DATAERR
    public const int Unavailable = 69; // EX_UNAVAILABLE
    public const int BadConfiguration = 78; // EX_CONFIG

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is [HealthCommand.Verb, ..])
            return await HealthCommand.RunAsync(args, errors);
        try
        {
            var command = CommandLine.Parse(args);
            return command.Verb switch
            {
                Verb.Serve => await ServeAsync(command),
                Verb.Migrate => await MigrateCommand.RunAsync(command, output),
                Verb.ImportUsers => await ImportCommand.RunAsync(command, output),
            };
        }
        catch (UsageException error)
        {
            return Report(errors, error.Message, Usage);
        }
        catch (ConfigurationFaultsException error)
        {
            return Report(errors, error.Message, BadConfiguration);
        }
        catch (DocumentFaultsException error)
        {
            return Report(errors, error.Message, BadDocument);
        }
        catch (Exception error) when (error is NpgsqlException or LedgerUnavailableException or IOException)
        {
            return Report(errors, $"corpsecure identity cannot go on: {error.Message}", Unavailable);
        }
    }

    private static async Task<int> ServeAsync(CommandLine command)
    {
        var settings = IdentitySettings.Load(command.ToConfiguration());
        await using var server = IdentityServer.Build(settings, TimeProvider.System);
        await DatabaseCheck.ThrowOnFaultsAsync(settings.ConnectionString);
        await server.RunAsync();
        return Done;
    }

    private static int Report(TextWriter errors, string message, int code)
    {
        errors.WriteLine(message);
        return code;
    }
}
