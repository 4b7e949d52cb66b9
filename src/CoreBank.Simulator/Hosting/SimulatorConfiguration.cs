namespace CoreBank.Simulator.Hosting;

/// <summary>Reads the options: the file first, then the environment, then the command line; the later one wins.</summary>
public static class SimulatorConfiguration
{
    /// <exception cref="ConfigurationFaultsException">There is no such file, or it cannot be read as configuration.</exception>
    public static SimulatorOptions Read(string[] arguments)
    {
        try
        {
            var file = new ConfigurationBuilder().AddCommandLine(arguments).Build()["config"];
            if (string.IsNullOrEmpty(file))
                throw new ConfigurationFaultsException(["--config: give the configuration file"]);
            if (!File.Exists(file))
                throw new ConfigurationFaultsException([$"--config: file not found: {file}"]);
            return new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(file), optional: false)
                .AddEnvironmentVariables()
                .AddCommandLine(arguments)
                .Build()
                .Get<SimulatorOptions>() ?? new SimulatorOptions();
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            var cause = exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
            throw new ConfigurationFaultsException([cause]);
        }
    }
}
