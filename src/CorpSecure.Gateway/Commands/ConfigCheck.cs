using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Issuers;

namespace CorpSecure.Gateway.Commands;

/// <summary><c>config check</c>: what the start would say, through the start's own loader, and with <c>--connect</c> what it would meet.</summary>
public static class ConfigCheck
{
    /// <returns>0, or 78 with every fault on <paramref name="errors"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var connect = args.Contains("--connect");
        IReadOnlyCollection<string> faults;
        try
        {
            var settings = GatewayHost.ReadSettings(Arguments(args)).Settings;
            foreach (var notice in IssuerNotices.Of(settings.Issuers))
                await output.WriteLineAsync($"note: {notice}");
            faults = connect ? await ConnectCheck.FaultsAsync(settings, cancellation) : [];
        }
        catch (StartRefusedException refused)
        {
            faults = refused.Faults;
        }

        foreach (var fault in faults)
        {
            await errors.WriteLineAsync(fault);
            if (Remedies.For(fault) is { } remedy)
                await errors.WriteLineAsync($"    write: {remedy}");
        }

        await (faults.Count > 0 ? errors : output).WriteLineAsync(faults.Count switch
        {
            0 => connect ? "ok: the configuration is good, and what it names answers" : "ok: the configuration is good (--connect also tries database, issuers and core)",
            1 => "1 fault",
            _ => $"{faults.Count} faults",
        });
        return faults.Count == 0 ? 0 : StartRefusedException.ExitCode;
    }

    /// <summary>From the command's words to those of the start.</summary>
    private static string[] Arguments(string[] args)
    {
        var start = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--connect":
                    break;
                case "--file" or "--config" when i + 1 < args.Length:
                    start.AddRange(["--config", args[++i]]);
                    break;
                case "--policy" when i + 1 < args.Length:
                    start.Add($"--Gateway:PolicyFile={args[++i]}");
                    break;
                case ['-', '-', ..] setting when setting.Contains(':') && setting.Contains('='):
                    start.Add(setting);
                    break;
                default:
                    throw new StartRefusedException($"'{args[i]}' is not an option of 'config check'; see --help");
            }
        }

        return [.. start];
    }
}
