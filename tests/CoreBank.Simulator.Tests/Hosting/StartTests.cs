using System.Security.Cryptography;
using CoreBank.Simulator.Hosting;

namespace CoreBank.Simulator.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("core-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_fault_is_listed_and_nothing_listens()
    {
        var exception = await Should.ThrowAsync<ConfigurationFaultsException>(() => SimulatorHost.StartAsync(new SimulatorOptions
        {
            Listener = new MainListenerOptions { Address = "nowhere", Port = 70000, KeyFile = "/missing.key" },
        }));

        exception.Faults.ShouldBe(
        [
            "Listener:Address: not an IP address: nowhere",
            "Listener:Port: not a port: 70000",
            "Control:Token: give at least 16 characters",
            "Listener:CertificateFile: is not set",
            "Listener:KeyFile: file not found: /missing.key",
            "Listener:ClientCaFile: is not set",
            "Assertion:JwksFile: is not set",
        ]);
    }

    [Fact]
    public async Task A_key_that_is_not_the_certificates_is_a_fault()
    {
        var options = Core.Options(_folder);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(options.Listener.KeyFile, other.ExportPkcs8PrivateKeyPem());

        (await FaultsAsync(options)).ShouldHaveSingleItem().ShouldStartWith("Listener:KeyFile: ");
    }

    [Theory]
    [InlineData("{", "not a JWK set")]
    [InlineData("""{"keys":[]}""", "holds no key")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-384","kid":"a","x":"AA","y":"AA"}]}""", "not an EC key on P-256")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"AA","y":"AA"}]}""", "not a point on P-256")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}""", "has no kid")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"AA","y":"AA","d":"AA"}]}""", "is a private key")]
    public async Task A_key_set_that_pins_nothing_good_is_a_fault(string jwks, string part)
    {
        var options = Core.Options(_folder);
        await File.WriteAllTextAsync(options.Assertion.JwksFile, jwks);

        (await FaultsAsync(options)).ShouldHaveSingleItem().ShouldContain(part);
    }

    [Fact]
    public async Task A_port_in_use_is_a_fault()
    {
        await using var core = await Core.StartAsync();
        var options = Core.Options(_folder);
        options.Listener.Port = core.Host.Address.Port;

        (await FaultsAsync(options)).ShouldHaveSingleItem().ShouldStartWith("Listener: ");
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<ConfigurationFaultsException>(() => SimulatorConfiguration.Read(["--config", "/missing.json"]))
            .Message.ShouldBe("--config: file not found: /missing.json");

    [Fact]
    public async Task The_command_line_overrides_the_file()
    {
        var file = Path.Combine(_folder, "core.json");
        await File.WriteAllTextAsync(file, """{"Listener":{"Port":7443},"Control":{"Port":7444}}""");

        var options = SimulatorConfiguration.Read(["--config", file, "--Listener:Port=9999"]);

        (options.Listener.Port, options.Control.Port).ShouldBe((9999, 7444));
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(SimulatorOptions options) =>
        (await Should.ThrowAsync<ConfigurationFaultsException>(() => SimulatorHost.StartAsync(options))).Faults;
}
