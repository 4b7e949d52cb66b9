using System.Text.Json;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.Acceptance.Tests.Lifecycle;

/// <summary>From a fresh directory to the end of every process, the way the README tells it.</summary>
public sealed class DevHostLifecycleTests
{
    private const int PortOffset = 16_000;

    [Fact]
    public async Task A_newcomer_gets_from_nothing_to_a_signed_payment_and_every_end_is_clean()
    {
        var directory = Directory.CreateTempSubdirectory("corpsecure-lifecycle-");
        var data = Path.Combine(directory.FullName, "data");
        var demo = Path.Combine(data, "demo.json");

        using (var first = DevHostProcess.Start(data, PortOffset))
        {
            await first.ReadyAsync();
            File.GetUnixFileMode(demo).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await PayWithCorpsecAsync(data, demo);
            var processes = Processes(demo);

            first.Send(Signal.Terminate);

            (await first.ExitCodeAsync()).ShouldBe(0);
            processes.Where(IsAlive).ShouldBeEmpty();
        }

        var password = Password(demo);
        using (var second = DevHostProcess.Start(data, PortOffset))
        {
            await second.ReadyAsync();
            Password(demo).ShouldBe(password, "a second start uses the data of the first");

            Posix.Send(Processes(demo)["gateway"], Signal.Kill).ShouldBeTrue();

            (await second.ExitCodeAsync()).ShouldBe(1);
            second.Output.ShouldContain("gateway");
        }

        directory.Delete(recursive: true);
    }

    private static async Task PayWithCorpsecAsync(string data, string demo)
    {
        async Task<string> Corpsec(params string[] arguments) => await new Command("dotnet", [SourceTree.Corpsec, .. arguments])
        {
            Environment = new Dictionary<string, string> { ["CORPSECURE_HOME"] = Path.Combine(data, "home") },
        }.RunOrThrowAsync(CancellationToken.None);

        await Corpsec("login", "--demo", demo, "--user", "anna.keller");
        (await Corpsec("curl", "GET", "/corporate/v1/accounts")).ShouldContain("acc-acme-001");
        (await Corpsec("curl", "POST", "/corporate/v1/payments", "-d", "@" + Path.Combine(data, "payment.json"))).ShouldContain("accepted");
        await Corpsec("login", "--demo", demo, "--user", "rita.ops");
        (await Corpsec("decisions", "list", "-o", "json")).ShouldContain("payments.create");
    }

    private static Dictionary<string, int> Processes(string demo) => Read(demo).GetProperty("processes").EnumerateObject()
        .ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32());

    private static string? Password(string demo) => Read(demo).GetProperty("users")[0].GetProperty("password").GetString();

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;

    private static bool IsAlive(KeyValuePair<string, int> process) =>
        File.Exists($"/proc/{process.Value}/stat") && !File.ReadAllText($"/proc/{process.Value}/stat").Split(')')[^1].StartsWith(" Z", StringComparison.Ordinal);
}
