using System.Formats.Tar;
using System.Text.Json;
using CorpSecure.DevHost.Containers;

namespace CorpSecure.DevHost.Tests.Containers;

public sealed class ContainerPreparationTests : IDisposable
{
    private static readonly PublishedAddresses Published = new("bank.example", 10443, 10444, 11444, 11445, 9444, 10445);

    private readonly TemporaryDirectory directory = new();

    public ContainerPreparationTests() => Volumes = new Volumes(directory.File("volumes"));

    private Volumes Volumes { get; }

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Each_container_gets_its_own_secrets_and_no_others()
    {
        await MakeAsync();

        FilesOf("gateway").ShouldBe(
            ["assertion.pem", "ca.pem", "clients.crl.pem", "gateway-client.key", "gateway-client.pem", "gateway.json", "gateway.key", "gateway.pem", "ledger-master.key", "ops.key", "ops.pem", "shared-limits-password"]);
        FilesOf("identity-corporate").ShouldContain("clients.crl.pem");
        FilesOf("identity-staff").ShouldBe(
            ["ca.pem", "identity-staff-encryption.key", "identity-staff-signing.pem", "identity-staff.json", "identity-staff.key", "identity-staff.pem", "ledger-master.key"]);
        FilesOf("core-bank").ShouldBe(["assertion.jwks.json", "ca.pem", "core-bank.json", "core-bank.key", "core-bank.pem"]);
        FilesOf("postgres").ShouldBe(["administrator", "pg_hba.conf", "postgres.key", "postgres.pem"]);
        FilesOf("balancer").ShouldBe(["ca.pem"]);
        FilesOf("valkey").ShouldBe(["users.acl", "valkey.key", "valkey.pem"]);
        foreach (var file in Parts.SelectMany(part => Directory.GetFiles(Volumes.Of(part))))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead, file);
    }

    [Fact]
    public async Task A_second_start_keeps_every_secret_and_takes_up_new_addresses()
    {
        await MakeAsync();
        var before = Contents("gateway");

        await MakeAsync(Published with { Host = "other.example" });

        var after = Contents("gateway");
        // The certificates name the host.
        after.Where(file => !file.Value.Equals(before[file.Key])).Select(file => file.Key).Order().ShouldBe(
            ["gateway.json", "gateway.key", "gateway.pem", "ops.key", "ops.pem"]);
        after["gateway.json"].ShouldContain("https://other.example:10443");
        after["gateway.json"].ShouldContain("\"ConnectTo\": \"identity-corporate:8444\"");
        after["gateway.json"].ShouldContain("gateway-{host}");
    }

    [Fact]
    public async Task What_is_handed_out_holds_no_secret_of_a_server()
    {
        await MakeAsync();
        using var archive = new MemoryStream();
        await DemoExport.PackAsync(Volumes, archive, CancellationToken.None);

        archive.Position = 0;
        var handedOut = new Dictionary<string, string>();
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            if (entry.DataStream is { } data)
                handedOut[entry.Name] = await new StreamReader(data).ReadToEndAsync();
        }

        var demo = JsonDocument.Parse(handedOut["demo.json"]).RootElement;
        demo.GetProperty("addresses").GetProperty("gateway").GetString().ShouldBe("https://bank.example:10443");
        demo.GetProperty("databases").ValueKind.ShouldBe(JsonValueKind.Null);
        handedOut.Keys.ShouldContain(demo.GetProperty("caFile").GetString()!);
        foreach (var certificate in demo.GetProperty("clientCertificates").EnumerateArray())
            handedOut.Keys.ShouldContain(certificate.GetProperty("keyFile").GetString()!);
        Contents("identity-corporate")["identity-corporate.json"].ShouldContain("\"Origin\": \"https://bank.example:10445/\"");
        foreach (var (name, secret) in Parts.SelectMany(Contents).Where(file => file.Key.EndsWith(".key") || file.Key is "assertion.pem" or "administrator" or "users.acl" or "shared-limits-password"))
            handedOut.Values.ShouldNotContain(text => text.Contains(secret.Trim()), name);
    }

    private static string[] Parts => ["gateway", "identity-corporate", "identity-staff", "core-bank", "postgres", "balancer", "valkey"];

    private async Task MakeAsync(PublishedAddresses? published = null)
    {
        foreach (var part in Parts)
            Directory.CreateDirectory(Volumes.Of(part)); // as the engine mounts them
        await new ContainerPreparation(Volumes, TimeProvider.System).MakeFilesAsync(published ?? Published, CancellationToken.None);
    }

    private string[] FilesOf(string part) => [.. Contents(part).Keys.Order(StringComparer.Ordinal)];

    private Dictionary<string, string> Contents(string part) =>
        Directory.GetFiles(Volumes.Of(part)).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
