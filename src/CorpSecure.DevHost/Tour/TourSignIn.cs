using System.Text.Json;
using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Tour;

/// <summary>Signs demo users in with <c>corpsec</c>, as a person at a terminal would.</summary>
internal sealed class TourSignIn(RunningSystem system, BuildOutput build)
{
    /// <returns>The access token.</returns>
    /// <exception cref="InvalidOperationException">The sign-in failed; the message is what corpsec said.</exception>
    public async Task<string> RunAsync(string username, string? acr, CancellationToken cancellation)
    {
        var home = Path.Combine(system.Data.Root, "tour", $"{username}-{acr ?? "any"}");
        string[] level = acr is null ? [] : ["--acr", acr];
        await new Command("dotnet", [build.Assembly("CorpSecure.Cli", "corpsec"), "login", "--demo", system.Data.DemoFile, "--user", username, .. level])
        {
            Environment = new Dictionary<string, string> { ["CORPSECURE_HOME"] = home },
        }.RunOrThrowAsync(cancellation);
        await using var login = File.OpenRead(Path.Combine(home, "default", "corporate.login.json"));
        using var document = await JsonDocument.ParseAsync(login, default, cancellation);
        return document.RootElement.GetProperty("accessToken").GetString()!;
    }
}
