using System.CommandLine;
using CorpSecure.Cli.Output;

namespace CorpSecure.Cli.Configuration;

/// <summary><c>corpsec config check</c>: runs the gateway's own check, so that both can never disagree.</summary>
internal static class ConfigCommand
{
    public static Command Create(Shell shell) => new("config", "A gateway's configuration.")
    {
        Check(shell).WithExamples(
            "corpsec config check --file gateway.json",
            "corpsec config check --file gateway.json --policy next-policy.json",
            "corpsec config check --file gateway.json --connect"),
    };

    private static Command Check(Shell shell)
    {
        var file = new Option<FileInfo>("--file") { Description = "The gateway's configuration file.", HelpName = "FILE", Required = true };
        var policy = new Option<FileInfo?>("--policy") { Description = "A policy to check instead of the one the configuration names.", HelpName = "FILE" };
        var connect = new Option<bool>("--connect") { Description = "Also try database, issuers and core; changes nothing." };
        var gateway = new Option<FileInfo?>("--gateway") { Description = "The gateway's program; found beside corpsec if not given.", HelpName = "PATH" };
        var command = new Command("check", "Tell every fault that would stop a gateway's start, with its place. Exit code 0: none, 78: some.") { file, policy, connect, gateway };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var arguments = new List<string> { "config", "check", "--config", parsed.GetValue(file)!.FullName };
            if (parsed.GetValue(policy) is { } other)
                arguments.AddRange(["--policy", other.FullName]);
            if (parsed.GetValue(connect))
                arguments.Add("--connect");
            return await new GatewayProgram(GatewayProgram.Find(parsed.GetValue(gateway))).RunAsync(arguments, shell, cancellationToken);
        });
        return command;
    }
}
