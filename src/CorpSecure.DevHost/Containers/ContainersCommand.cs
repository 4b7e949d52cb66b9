using System.CommandLine;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;
using Npgsql;
using Command = System.CommandLine.Command;

namespace CorpSecure.DevHost.Containers;

/// <summary><c>containers files</c>, <c>containers database</c>, <c>containers demo</c>: run in a container of their own, each to its end.</summary>
internal static class ContainersCommand
{
    private static readonly Option<DirectoryInfo> Root = new("--volumes")
    {
        Description = "Where the containers' volumes are mounted, one folder each.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo("/volumes"),
    };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The name by which users reach this machine.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "localhost",
    };

    private static readonly Option<int> Api = Port("--api-port", 8443);
    private static readonly Option<int> SignIn = Port("--sign-in-port", 8444);
    private static readonly Option<int> CertificateSignIn = Port("--certificate-sign-in-port", 8445);
    private static readonly Option<int> Ops = Port("--ops-port", 9444);
    private static readonly Option<int> StaffSignIn = Port("--staff-sign-in-port", 9445);
    private static readonly Option<int> Control = Port("--control-port", 7444);

    public static Command Create(TimeProvider time, TextWriter output, TextWriter errors)
    {
        var files = new Command("files", "Make certificates, keys, passwords and configurations, unless they are there.") { Root, Host, Api, SignIn, CertificateSignIn, Ops, StaffSignIn, Control };
        SetAction(files, errors, (parsed, preparation, cancellation) => preparation.MakeFilesAsync(
            new PublishedAddresses(
                parsed.GetValue(Host)!, parsed.GetValue(Api), parsed.GetValue(SignIn), parsed.GetValue(Ops), parsed.GetValue(StaffSignIn), parsed.GetValue(Control),
                parsed.GetValue(CertificateSignIn)),
            cancellation));

        var database = new Command("database", "Migrate the database and load the demo's users and registry.") { Root };
        SetAction(database, errors, (_, preparation, cancellation) => preparation.FillDatabaseAsync(BuildOutput.Current, cancellation));

        var demo = new Command("demo", "Write demo.json and the files it names to standard output, as a tar archive.") { Root };
        SetAction(demo, errors, async (parsed, _, cancellation) =>
        {
            if (!Console.IsOutputRedirected)
                throw new ConfigurationFaultException("The archive holds passwords and keys, and this is a terminal: give it to tar (and docker compose run needs -T).");
            await using var archive = Console.OpenStandardOutput();
            await DemoExport.PackAsync(new Volumes(parsed.GetValue(Root)!.FullName), archive, cancellation);
        });
        return new Command("containers", "Prepare a system whose parts run in containers.") { files, database, demo };

        void SetAction(Command command, TextWriter complaints, Func<ParseResult, ContainerPreparation, CancellationToken, Task> run) => command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                await run(parsed, new ContainerPreparation(new Volumes(parsed.GetValue(Root)!.FullName), time), cancellation);
                if (command.Name != "demo")
                    await output.WriteLineAsync($"{command.Name}: done");
                return ExitCodes.Success;
            }
            catch (ConfigurationFaultException error)
            {
                await complaints.WriteLineAsync(error.Message);
                return ExitCodes.Configuration;
            }
            catch (Exception error) when (error is PreparationFailedException or NpgsqlException or IOException or UnauthorizedAccessException)
            {
                await complaints.WriteLineAsync($"containers {command.Name}: {error.Message}");
                return ExitCodes.Crash;
            }
        });
    }

    private static Option<int> Port(string name, int usual) => new(name)
    {
        Description = "As published to the outside.",
        HelpName = "N",
        DefaultValueFactory = _ => usual,
    };
}
