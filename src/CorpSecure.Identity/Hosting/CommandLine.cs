namespace CorpSecure.Identity.Hosting;

public enum Verb
{
    Serve,
    Migrate,
    ImportUsers,
}

/// <summary>What was asked for. Arguments that are not ours go to the configuration and override the file.</summary>
public sealed record CommandLine(Verb Verb, string? ConfigFile, string? Connection, string? File, IReadOnlyList<string> Rest)
{
    private const string Help = """
        usage: CorpSecure.Identity [--config FILE] [--Section:Key=value ...]
               CorpSecure.Identity migrate --connection CONNECTION [--config FILE]
               CorpSecure.Identity users import FILE --connection CONNECTION --config FILE
               CorpSecure.Identity healthcheck https://NAME:PORT/PATH [--ca FILE]

        The connection is an administrator's; it may stand in CORPSECURE_ADMIN_CONNECTION instead, out of sight of process listings.
        """;

    /// <summary>Names the variable that takes the place of <c>--connection</c>.</summary>
    public const string ConnectionVariable = "CORPSECURE_ADMIN_CONNECTION";

    public static CommandLine Parse(string[] args)
    {
        string? config = null, connection = Environment.GetEnvironmentVariable(ConnectionVariable);
        var words = new List<string>();
        var rest = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--config" or "--connection")
            {
                if (i + 1 == args.Length)
                    throw new UsageException($"{args[i]} needs a value\n{Help}");
                _ = args[i] == "--config" ? config = args[i + 1] : connection = args[i + 1];
                i++;
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal))
            {
                rest.Add(args[i]);
            }
            else
            {
                words.Add(args[i]);
            }
        }

        return words switch
        {
            [] => new CommandLine(Verb.Serve, config, null, null, rest),
            ["migrate"] when connection is not null => new CommandLine(Verb.Migrate, config, connection, null, rest),
            ["users", "import", var file] when connection is not null => new CommandLine(Verb.ImportUsers, config, connection, file, rest),
            _ => throw new UsageException(Help),
        };
    }

    /// <summary>File, then environment, then command line; the last word wins.</summary>
    /// <exception cref="ConfigurationFaultsException">The file is missing or not JSON.</exception>
    public IConfiguration ToConfiguration()
    {
        var builder = new ConfigurationBuilder();
        if (ConfigFile is not null && !System.IO.File.Exists(ConfigFile))
            throw new ConfigurationFaultsException([$"--config: file not found: {Path.GetFullPath(ConfigFile)}"]);
        if (ConfigFile is not null)
            builder.AddJsonFile(Path.GetFullPath(ConfigFile), optional: false);
        try
        {
            return builder.AddEnvironmentVariables().AddCommandLine([.. Rest]).Build();
        }
        catch (InvalidDataException error)
        {
            throw new ConfigurationFaultsException([$"--config: {error.InnerException?.Message ?? error.Message}"]);
        }
    }
}

/// <summary>The command line asks for something that does not exist.</summary>
public sealed class UsageException(string message) : Exception(message);
