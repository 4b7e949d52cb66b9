using CorpSecure.DevHost.Hosting;

namespace CorpSecure.DevHost.Processes;

/// <summary>Finds the other projects' programs beside our own: src/PROJECT/bin/CONFIGURATION/net10.0/, or, published together, PROJECT/.</summary>
public sealed record BuildOutput(string OwnDirectory)
{
    public static BuildOutput Current => new(AppContext.BaseDirectory);

    /// <exception cref="ConfigurationFaultException">It has not been built; the message holds the command that does.</exception>
    public string Assembly(string project, string? assembly = null)
    {
        var own = new DirectoryInfo(OwnDirectory);
        var published = Path.Combine(own.Parent?.FullName ?? "/", project, (assembly ?? project) + ".dll");
        if (File.Exists(published))
            return published;
        var (framework, configuration, sources) = (own.Name, own.Parent?.Name, own.Parent?.Parent?.Parent?.Parent?.FullName);
        if (configuration is null || sources is null)
            throw new ConfigurationFaultException($"{OwnDirectory} is not a build output folder below src/.");
        var file = Path.Combine(sources, project, "bin", configuration, framework, (assembly ?? project) + ".dll");
        return File.Exists(file)
            ? file
            : throw new ConfigurationFaultException($"{project} is not built: {file} is missing. Build it: dotnet build -c {configuration} {Path.Combine(sources, "CorpSecure.DevHost")}");
    }
}
