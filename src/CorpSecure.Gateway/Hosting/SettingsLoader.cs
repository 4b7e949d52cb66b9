namespace CorpSecure.Gateway.Hosting;

/// <summary>Reads and checks the configuration; the start and every command use this one way.</summary>
public static class SettingsLoader
{
    /// <exception cref="StartRefusedException">With every fault.</exception>
    public static GatewaySettings Load(IConfiguration configuration)
    {
        GatewaySettings settings;
        try
        {
            settings = configuration.Get<GatewaySettings>() ?? new GatewaySettings();
        }
        catch (InvalidOperationException error)
        {
            throw new StartRefusedException(error.Message); // it names the key; what is inside does not
        }

        var result = new SettingsValidator().Validate(settings);
        return result.IsValid
            ? settings
            : throw new StartRefusedException([.. result.Errors.Select(error => $"{error.PropertyName}: {error.ErrorMessage}")]);
    }

    /// <summary>Adds the file of <c>--config</c> under environment and command line.</summary>
    public static void AddConfigFile(this WebApplicationBuilder builder, string[] args)
    {
        if (new ConfigurationBuilder().AddCommandLine(args).Build()["config"] is not { } file)
            return;
        if (!File.Exists(file))
            throw new StartRefusedException($"--config: file not found: {file}");
        try
        {
            builder.Configuration.AddJsonFile(Path.GetFullPath(file), optional: false);
        }
        catch (InvalidDataException error)
        {
            throw new StartRefusedException($"--config: {error.Message} {error.InnerException?.Message}");
        }

        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddCommandLine(args);
    }
}
