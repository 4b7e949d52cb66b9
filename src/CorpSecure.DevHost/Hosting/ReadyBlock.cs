using CorpSecure.DevHost.Demo;
using Spectre.Console;

namespace CorpSecure.DevHost.Hosting;

/// <summary>What a newcomer needs, once everything serves: where, who, and what to type next.</summary>
internal static class ReadyBlock
{
    // Secrets are copied from here: a line is never wrapped or cut by us, whatever the terminal's width.
    private const int Width = 150;

    public static void Print(IAnsiConsole console, DemoDocument demo, DataDirectory data, TimeSpan after)
    {
        console.Profile.Width = Math.Max(console.Profile.Width, Width);
        var here = Short(data.Root);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold green]CorpSecure is ready[/] after {after.TotalSeconds:0.0} s. Ctrl-C stops everything. Logs: {Path.Combine(here, "logs")}/");
        console.WriteLine();
        console.Write(Addresses(demo));
        console.WriteLine();
        console.Write(People(demo));
        console.WriteLine();
        console.MarkupLineInterpolated($"Signing keys    {Path.Combine(here, "keys")}/user-KEY.pem   (also there, to see them refused: {NotActive(demo)})");
        console.MarkupLineInterpolated($"CA certificate  {Short(demo.CaFile)}");
        console.MarkupLineInterpolated($"For scripts     {Path.Combine(here, "demo.json")}");
        console.WriteLine();
        console.MarkupLine("[bold]Try next[/] [dim](in another terminal)[/]");
        foreach (var command in Commands(here))
            console.MarkupLineInterpolated($"  {command}");
        console.WriteLine();
    }

    // Relative where that is shorter to type: below the current directory.
    private static string Short(string path) =>
        Path.GetRelativePath(Environment.CurrentDirectory, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;

    private static Table Addresses(DemoDocument demo)
    {
        var table = Rows("Address", "What", "For whom");
        Add(table, demo.Addresses.Gateway, "gateway", "corporate clients");
        Add(table, demo.Addresses.Ops, "operations API, health", "bank staff");
        Add(table, demo.Addresses.IdentityCorporate, "sign-in, corporate", "corporate users");
        Add(table, demo.Addresses.IdentityMtls, "sign-in with a certificate", "corporate clients' machines");
        Add(table, demo.Addresses.IdentityStaff, "sign-in, staff", "bank staff");
        Add(table, demo.Addresses.Core, "core bank (simulator)", "the gateway, with its client certificate");
        return table;
    }

    private static Table People(DemoDocument demo)
    {
        var table = Rows("User", "Client", "Roles", "Password", "TOTP secret", "Signing key");
        foreach (var user in demo.Users)
            Add(table, user.Username, user.Client ?? "(bank)", string.Join(", ", user.Roles), user.Password, user.TotpSecret, user.SigningKey ?? "");
        return table;
    }

    private static string NotActive(DemoDocument demo) =>
        string.Join(", ", demo.SigningKeys.Where(key => key.State != "active").Select(key => key.KeyId));

    private static string[] Commands(string here)
    {
        const string corpsec = "dotnet run --no-build --project src/CorpSecure.Cli --";
        return
        [
            $"{corpsec} login --demo {Path.Combine(here, "demo.json")} --user anna.keller",
            $"{corpsec} curl GET /corporate/v1/accounts",
$"{corpsec} curl POST /corporate/v1/payments -d @{Path.Combine(here, DataDirectory.PaymentExample)}",
        ];
    }

    private static Table Rows(params string[] headings)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(new Markup($"[bold]{heading}[/]")) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        return table;
    }

    private static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
