using System.CommandLine;
using CorpSecure.Cli.Output;

namespace CorpSecure.Cli.Keys;

/// <summary><c>corpsec keys</c></summary>
internal static class KeysCommand
{
    public static Command Create(Shell shell, TimeProvider time) => new("keys", "Make signing keys, list and end them.")
    {
        NewCommand.Create(shell, time).WithExamples(
            "corpsec keys new",
            "corpsec keys new --algorithm ps256 --name 'ERP, Hamburg' --out erp.pem"),
        ListCommand.Create(shell, time).WithExamples(
            "corpsec keys list",
            "corpsec keys list --realm staff --client acme -o json"),
        EndCommand.Retire(shell, time).WithExamples("corpsec keys retire KEYID"),
        EndCommand.Revoke(shell, time).WithExamples(
            "corpsec keys revoke KEYID",
            "corpsec keys revoke KEYID --realm staff --reason compromised"),
    };
}
