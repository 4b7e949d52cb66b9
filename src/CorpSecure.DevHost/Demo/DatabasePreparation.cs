using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Postgres;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Demo;

/// <summary>
/// Brings the database to what the parts expect: schemas and roles by each part's own `migrate`, passwords, then the
/// demo's users and registry by each part's own import. All of it may run again.
/// </summary>
internal sealed class DatabasePreparation(DataDirectory data, BuildOutput build, DemoMaterial material, PostgresServer server, PartConfigurations configurations)
{
    private const string Gateway = "gateway";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var connection = await server.CreateDatabaseAsync(DatabaseLogins.Database, cancellation);
        // The gateway's migration makes the roles and the ledger that the others build on.
        await RunAsync("CorpSecure.Gateway", Gateway, connection, ["migrate"], cancellation);
        await BothRealmsAsync(realm => RunAsync("CorpSecure.Identity", $"identity-{realm}", connection, ["migrate"], cancellation));
        await DatabaseLogins.SetPasswordsAsync(server, material, cancellation);

        var registry = Path.Combine(data.Config, "registry-import.json");
        await JsonFile.WriteAsync(registry, RegistryDocument.Make(material), cancellation);
        await Task.WhenAll(
            RunAsync("CorpSecure.Gateway", Gateway, connection, ["registry", "import", registry], cancellation),
            BothRealmsAsync(realm => ImportUsersAsync(realm, connection, cancellation)));
    }

    private static Task BothRealmsAsync(Func<string, Task> work) => Task.WhenAll(work("corporate"), work("staff"));

    private async Task ImportUsersAsync(string realm, string connection, CancellationToken cancellation)
    {
        var users = Path.Combine(data.Config, $"identity-{realm}-import.json");
        await JsonFile.WriteAsync(users, IdentityDocument.Make(material, realm), cancellation);
        await RunAsync("CorpSecure.Identity", $"identity-{realm}", connection, ["users", "import", users], cancellation);
    }

    private async Task RunAsync(string project, string part, string connection, string[] command, CancellationToken cancellation)
    {
        string[] arguments = [build.Assembly(project), .. command, "--connection", connection, "--config", configurations.FileOf(part)];
        var result = await new Command("dotnet", arguments) { WorkingDirectory = data.Root }.RunAsync(cancellation);
        if (result.ExitCode != 0)
            throw new PreparationFailedException($"{part} {string.Join(' ', command)} ended with exit code {result.ExitCode}:\n{result.Output}");
    }
}

/// <summary>A migration or an import failed; the message holds what it said.</summary>
public sealed class PreparationFailedException(string message) : Exception(message);
