using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace CorpSecure.Cli;

/// <summary>Adds examples to a command's help, and the exit codes to everyone's.</summary>
internal static class HelpSections
{
    private const string ExitCodes = """
        Exit codes:
          0  ok
          1  unexpected failure
          2  wrong usage
          4  refused (4xx), by the gateway or at sign-in
          5  server error or not reachable (5xx, connection, certificate)
          6  not signed in, or the session has ended
         78  a gateway's configuration has faults
        """;

    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    public static Command WithExamples(this Command command, params string[] examples)
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    public static void Install(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            if (help.Action is HelpAction action)
            {
                help.Action = new SectionedHelp(action);
            }
        }
    }

    private sealed class SectionedHelp(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            if (Examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                output.WriteLine("Examples:");
                foreach (var example in examples)
                {
                    output.WriteLine($"  {example}");
                }
                output.WriteLine();
            }
            output.WriteLine(ExitCodes);
            return exitCode;
        }
    }
}
