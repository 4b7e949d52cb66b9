using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Postgres;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Demo;

/// <summary>
/// Brings the database to what the parts expect: schemas and roles by each part's own `migrate`, passwords, then the
/// demo's users and registry by each part's own import. All of it may run again, and does when programs or documents
/// changed; otherwise a second start leaves the data as its users left it.
/// </summary>
internal sealed class DatabasePreparation(DataDirectory data, BuildOutput build, DemoMaterial material, PostgresServer server, PartFiles configurations)
{
    private const string GatewayProject = "CorpSecure.Gateway";
    private const string IdentityProject = "CorpSecure.Identity";

    // A process of two seconds does not earn back what profiling it costs.
    private static readonly Dictionary<string, string> ShortLived = new() { ["DOTNET_TieredPGO"] = "0" };

    private string Stamp => Path.Combine(data.Config, "prepared");

    public async Task RunAsync(CancellationToken cancellation)
    {
        var documents = await WriteDocumentsAsync(cancellation);
        var state = PreparationState.Of([build.Assembly(GatewayProject), build.Assembly(IdentityProject)], documents.Values);
        if (server is PostgresCluster && File.Exists(Stamp) && await File.ReadAllTextAsync(Stamp, cancellation) == state)
            return;

        var connection = await server.CreateDatabaseAsync(DatabaseLogins.Database, cancellation);
        // Either makes the roles and the ledger that both build on, whoever comes first; identity's, both realms.
        await Task.WhenAll(
            RunAsync(GatewayProject, ["migrate"], connection, cancellation),
            RunAsync(IdentityProject, ["migrate"], connection, cancellation));
        await DatabaseLogins.SetPasswordsAsync(server, material, cancellation);
        await Task.WhenAll(
            RunAsync(GatewayProject, ["registry", "import", documents["gateway"], "--config", configurations.ConfigurationOf("gateway")], connection, cancellation),
            ImportUsersAsync("identity-corporate", documents, connection, cancellation),
            ImportUsersAsync("identity-staff", documents, connection, cancellation));
        await File.WriteAllTextAsync(Stamp, state, cancellation);
    }

    private async Task<Dictionary<string, string>> WriteDocumentsAsync(CancellationToken cancellation)
    {
        var files = new Dictionary<string, string>();
        foreach (var (part, document) in new[]
        {
            ("gateway", RegistryDocument.Make(material)),
            ("identity-corporate", IdentityDocument.Make(material, "corporate")),
            ("identity-staff", IdentityDocument.Make(material, "staff")),
        })
        {
            files[part] = Path.Combine(data.Config, part + "-import.json");
            await JsonFile.WriteAsync(files[part], document, cancellation);
        }
        return files;
    }

    private Task ImportUsersAsync(string part, Dictionary<string, string> documents, string connection, CancellationToken cancellation) =>
        RunAsync(IdentityProject, ["users", "import", documents[part], "--config", configurations.ConfigurationOf(part)], connection, cancellation);

    private async Task RunAsync(string project, string[] command, string connection, CancellationToken cancellation)
    {
        // The administrator's password goes by the environment: arguments can be seen by every user of the machine.
        var environment = new Dictionary<string, string>(ShortLived) { ["CORPSECURE_ADMIN_CONNECTION"] = connection };
        var result = await new Command("dotnet", [build.Assembly(project), .. command]) { WorkingDirectory = data.Root, Environment = environment }.RunAsync(cancellation);
        if (result.ExitCode != 0)
            throw new PreparationFailedException($"{project} {string.Join(' ', command)} ended with exit code {result.ExitCode}:\n{result.Output}");
    }
}

/// <summary>A migration or an import failed; the message holds what it said.</summary>
public sealed class PreparationFailedException(string message) : Exception(message);
