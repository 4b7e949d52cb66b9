using System.CommandLine;
using CorpSecure.Cli.Output;

namespace CorpSecure.Cli.Decisions;

/// <summary><c>corpsec decisions list|show|tail</c>, for bank staff.</summary>
internal static class DecisionsCommand
{
    public static Command Create(Shell shell, TimeProvider time) => new("decisions", "What the gateway decided, for bank staff.")
    {
        ListCommand.Create(shell, time).WithExamples(
            "corpsec decisions list --verdict deny --limit 20",
            "corpsec decisions list --client acme --from 2026-11-24 -o json"),
        ShowCommand.Create(shell, time).WithExamples("corpsec decisions show 01890a5d-ac96-774b-bcce-b302099a8057"),
        TailCommand.Create(shell, time).WithExamples(
            "corpsec decisions tail",
            "corpsec decisions tail --client acme -o json | jq .reasons"),
    };
}
