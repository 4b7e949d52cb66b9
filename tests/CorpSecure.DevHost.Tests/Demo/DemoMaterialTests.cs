using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Hosting;
using CorpSecure.Protocol.Certificates;

namespace CorpSecure.DevHost.Tests.Demo;

public sealed class DemoMaterialTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_second_start_finds_every_secret_and_key_as_it_was()
    {
        var first = await PrepareAsync();
        var again = await PrepareAsync();
        again.ShouldBe(first);
        first.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task After_a_reset_nothing_is_as_it_was()
    {
        var first = await PrepareAsync();
        using (var data = DataDirectory.Open(directory.Path))
            data.Reset();
        var again = await PrepareAsync();
        again.Values.Intersect(first.Values).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_owner_can_read_a_secret()
    {
        await PrepareAsync();
        foreach (var file in Directory.GetFiles(directory.File("keys")))
            File.GetUnixFileMode(file).ShouldBe(OwnerOnly, file);
        File.GetUnixFileMode(directory.File("keys")).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Documents_are_private_from_their_first_moment_and_replaced_whole()
    {
        var file = directory.File("demo.json");
        await JsonFile.WriteAsync(file, new { name = "华新" }, CancellationToken.None);
        await JsonFile.WriteAsync(file, new { name = "Müller" }, CancellationToken.None);

        File.GetUnixFileMode(file).ShouldBe(OwnerOnly);
        JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("name").GetString().ShouldBe("Müller");
        Directory.GetFiles(directory.Path).ShouldBe([file]);
    }

    [Fact]
    public async Task Of_two_certificates_that_name_the_same_machine_one_is_on_the_list()
    {
        using var data = DataDirectory.Open(directory.Path);
        var material = await DemoMaterial.PrepareAsync(data, TimeProvider.System, CancellationToken.None);
        using var authority = material.Authority;
        using var issuer = X509CertificateLoader.LoadCertificateFromFile(authority.CertificateFile);
        var list = RevocationList.Load(material.RevocationListFile, [issuer]);

        var machines = DemoMachines.Describe(material).ToDictionary(each => each.State, each => X509CertificateLoader.LoadCertificateFromFile(each.CertificateFile));

        machines["active"].Subject.ShouldBe(machines["revoked"].Subject);
        list.StatusOf(machines["active"], TimeProvider.System.GetUtcNow()).ShouldBe(RevocationStatus.Good);
        list.StatusOf(machines["revoked"], TimeProvider.System.GetUtcNow()).ShouldBe(RevocationStatus.Revoked);
    }

    [Fact]
    public void The_cast_holds_together()
    {
        DemoPeople.All.Select(person => person.Username).ShouldBeUnique();
        DemoPeople.All.Select(person => person.Subject).ShouldBeUnique();
        DemoPeople.All.SelectMany(person => person.Keys).Select(key => key.KeyId).ShouldBeUnique();
        foreach (var person in DemoPeople.All.Where(person => person.Roles.Contains("maker")))
            person.Keys.ShouldContain(key => key.State == "active", person.Username);
        foreach (var person in DemoPeople.All.Where(person => person.Client is not null))
            DemoPeople.Clients.Select(client => client.Id).ShouldContain(person.Client!);
    }

    private async Task<Dictionary<string, string>> PrepareAsync()
    {
        using var data = DataDirectory.Open(directory.Path);
        var material = await DemoMaterial.PrepareAsync(data, TimeProvider.System, CancellationToken.None);
        material.Authority.Dispose();
        return new[] { data.Keys, data.Pki }.SelectMany(Directory.GetFiles).ToDictionary(file => file, File.ReadAllText);
    }
}
