using CorpSecure.Gateway.Issuers;

namespace CorpSecure.Gateway.Hosting;

/// <summary>Reads and checks the configuration; the start and every command use this one way.</summary>
public static class SettingsLoader
{
    /// <exception cref="StartRefusedException">With every fault.</exception>
    public static GatewaySettings Load(IConfigurationRoot configuration)
    {
        var faults = UnknownSettings.Faults(configuration).Concat(IssuerRules.Unreadable(configuration)).ToList();
        try
        {
            var settings = configuration.Get<GatewaySettings>() ?? new GatewaySettings();
            faults.AddRange(new SettingsValidator().Validate(settings).Errors.Select(error => $"{error.PropertyName}: {error.ErrorMessage}"));
            faults.AddRange(StartMaterial.Faults(settings, TimeProvider.System));
            if (faults.Count == 0)
                return settings;
        }
        catch (InvalidOperationException error)
        {
            faults.Add(error.Message); // it names the key; what is inside does not
        }

        throw new StartRefusedException([.. faults.Distinct()]);
    }

    /// <summary>Adds the file of <c>--config</c> under environment and command line.</summary>
    public static void AddConfigFile(this WebApplicationBuilder builder, string[] args)
    {
        if (ConfigFile(args) is not { } file)
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

    public static string? ConfigFile(string[] args) => new ConfigurationBuilder().AddCommandLine(args).Build()["config"];
}
