using System.ComponentModel;
using System.Text.Json;
using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.Acceptance.Tests.Integration;

/// <summary>The examples of docs/integration, installed once from their lock file and run as an integrator runs them.</summary>
public sealed class NodeExamples : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("corpsecure-examples-");

    public string Folder => folder.FullName;

    public async Task InitializeAsync()
    {
        var source = Path.Combine(SourceTree.Root, "docs", "integration", "examples");
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        try
        {
            await new Command("npm", "ci", "--no-audit", "--no-fund") { WorkingDirectory = Folder }.RunOrThrowAsync(CancellationToken.None);
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("Node.js 20 or later with npm is needed: apt-get install nodejs npm, or see https://nodejs.org", missing);
        }
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>What the example prints, by the first word of each line.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> RunAsync(string example, Dictionary<string, string> settings)
    {
        var output = await new Command("node", "--no-warnings", example) { WorkingDirectory = Folder, Environment = settings }.RunOrThrowAsync(CancellationToken.None);
        return output.Split('\n', StringSplitOptions.TrimEntries).ToDictionary(line => line.Split(' ')[0], line => line[(line.IndexOf(' ') + 1)..]);
    }

    /// <summary>What was asked for was granted: in the answer, and in the token itself.</summary>
    internal static void ShouldBeGranted(IReadOnlyDictionary<string, string> told, string details)
    {
        using var asked = JsonDocument.Parse(details);
        foreach (var place in (string[])["granted", "in_token"])
        {
            using var found = JsonDocument.Parse(told[place]);
            JsonElement.DeepEquals(found.RootElement, asked.RootElement).ShouldBeTrue($"{place}: {told[place]}");
        }
    }

    /// <summary>The settings of a portal, for one of the demo's users.</summary>
    internal static Dictionary<string, string> PortalOf(Target target, string username, string account)
    {
        var demo = target.Demo;
        var user = demo.Users.Single(user => user.Username == username);
        var client = demo.OauthClients.Single(client => client.ClientId == "corpsec" && client.Realm == user.Realm);
        return new()
        {
            ["NODE_EXTRA_CA_CERTS"] = demo.CaFile,
            ["ISSUER"] = demo.Addresses.IdentityCorporate + "/",
            ["GATEWAY"] = demo.Addresses.Gateway,
            ["SCOPE"] = "offline_access corporate",
            ["CLIENT_ID"] = client.ClientId,
            ["CLIENT_KEY_FILE"] = client.KeyFile,
            ["CLIENT_KEY_ID"] = client.KeyId,
            ["REDIRECT_URI"] = client.RedirectUri!,
            ["SIGNING_KEY_FILE"] = demo.SigningKeys.Single(key => key.KeyId == user.SigningKey).File,
            ["SIGNING_KEY_ID"] = user.SigningKey!,
            ["DEBTOR_ACCOUNT"] = account,
            ["USERNAME"] = user.Username,
            ["PASSWORD"] = user.Password,
            ["TOTP_SECRET"] = user.TotpSecret,
        };
    }
}
