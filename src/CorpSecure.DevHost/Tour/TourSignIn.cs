using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;
using Command = CorpSecure.DevHost.Processes.Command;

namespace CorpSecure.DevHost.Tour;

/// <summary>Does with <c>corpsec</c> what a person at a terminal would.</summary>
internal sealed class TourSignIn(RunningSystem system, BuildOutput build, TimeProvider time)
{
    /// <exception cref="InvalidOperationException">The sign-in failed; the message is what corpsec said.</exception>
    public async Task<TourPerson> RunAsync(string username, string? acr, CancellationToken cancellation)
    {
        var home = Path.Combine(system.Data.Root, "tour", $"{username}-{acr ?? "any"}");
        string[] level = acr is null ? [] : ["--acr", acr];
        await CorpsecAsync(home, cancellation, ["login", "--demo", system.Data.DemoFile, "--user", username, .. level]);
        return await TourPerson.OfAsync(system.Demo, home, "corporate", time, cancellation);
    }

    /// <summary>What corpsec printed, results and remarks.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public Task<string> CorpsecAsync(string home, CancellationToken cancellation, params string[] arguments) =>
        new Command("dotnet", [build.Assembly("CorpSecure.Cli", "corpsec"), .. arguments])
        {
            Environment = new Dictionary<string, string> { ["CORPSECURE_HOME"] = home },
        }.RunOrThrowAsync(cancellation);
}
