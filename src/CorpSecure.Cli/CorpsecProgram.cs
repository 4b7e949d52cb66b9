using System.CommandLine;
using System.CommandLine.Invocation;
using CorpSecure.Cli.Configuration;
using CorpSecure.Cli.Curl;
using CorpSecure.Cli.Decisions;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Keys;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Cli.SignIn;

namespace CorpSecure.Cli;

/// <summary>The commands of corpsec and the way from arguments to an exit code.</summary>
internal static class CorpsecProgram
{
    public static async Task<int> RunAsync(string[] arguments, Shell shell, TimeProvider time)
    {
        var root = Create(shell, time);
        // "-d @file" means a body, not a file of further arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction wrong)
        {
            wrong.ShowHelp = arguments.Length == 0;
            await parsed.InvokeAsync(new InvocationConfiguration { Output = shell.Error, Error = shell.Error });
            await shell.Error.WriteLineAsync("Add --help to the command for options and examples.");
            return (int)ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = shell.Out,
                Error = shell.Error,
                EnableDefaultExceptionHandler = false,
            });
        }
#pragma warning disable CA1031 // The last place: every failure becomes a message and an exit code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (int)FailureText.Write(e, shell.Error);
        }
    }

    private static RootCommand Create(Shell shell, TimeProvider time)
    {
        var root = new RootCommand("Signed requests through the CorpSecure gateway, and its decisions for bank staff.")
        {
            LoginCommand.Create(shell, time).WithExamples(
                "corpsec login",
                "corpsec login --realm staff --no-browser",
                "corpsec login --demo .data/demo.json --user anna.keller",
                "corpsec login --demo .data/demo.json --user anna.keller --acr pwd"),
            LogoutCommand.Create(shell, time).WithExamples("corpsec logout", "corpsec logout --realm staff"),
            WhoamiCommand.Create(shell, time).WithExamples("corpsec whoami -o json"),
            ProfileCommand.Create(shell).WithExamples(
                "corpsec profile set --gateway https://gateway.bank.example --issuer https://signin.bank.example/ --client-key key.pem --client-key-id erp-1",
                "corpsec profile set --signing-key signing.pem --signing-key-id acme-7"),
            CurlCommand.Create(shell, time).WithExamples(
                "corpsec curl GET /corporate/v1/accounts",
                "corpsec curl POST /corporate/v1/payments -d @payment.json -i",
                "corpsec curl POST /corporate/v1/payments -d @payment.json --idempotency-key order-4711",
                "corpsec curl POST /corporate/v1/payments -d @payment.json --no-sign"),
            DecisionsCommand.Create(shell, time),
            ConfigCommand.Create(shell),
            KeysCommand.Create(shell, time),
            SessionsCommand.Create(shell, time),
        };
        root.Add(CommonOptions.Profile());
        root.WithExamples(
            "corpsec login --demo .data/demo.json --user anna.keller",
            "corpsec curl GET /corporate/v1/accounts",
            "corpsec curl POST /corporate/v1/payments -d @payment.json");
        HelpSections.Install(root);
        return root;
    }
}
