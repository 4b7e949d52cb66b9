using System.CommandLine;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;

namespace CorpSecure.Cli;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommonOptions
{
    private const string ProfileName = "--profile";

    public static Option<string> Profile() => new(ProfileName)
    {
        Description = "Which set of addresses, keys and logins to use.",
        HelpName = "NAME",
        Recursive = true,
        DefaultValueFactory = _ => "default",
    };

    public static Option<OutputFormat> Output() => new("--output", "-o")
    {
        Description = "'table' for people, 'json' for scripts.",
        HelpName = "table|json",
        DefaultValueFactory = _ => OutputFormat.Table,
    };

    public static Option<Realm?> Realm(string description) => new("--realm") { Description = description, HelpName = "corporate|staff" };

    public static ProfileStore Store(this ParseResult parsed, Shell shell) =>
        ProfileStore.Open(shell.Home, parsed.GetValue<string>(ProfileName)!);
}
