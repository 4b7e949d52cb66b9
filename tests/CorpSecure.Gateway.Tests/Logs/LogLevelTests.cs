using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Logs;

[Collection(GatewayCollection.Name)]
public sealed class LogLevelTests(Surroundings surroundings)
{
    [Fact]
    public async Task The_level_follows_the_configuration_file()
    {
        using var log = new LogCapture();
        var file = Path.Combine(surroundings.Directory.FullName, $"level-{FreePort.Take()}.json");
        await File.WriteAllTextAsync(file, """{ "Logging": { "Level": "Information" } }""");
        await using var world = await GatewayWorld.StartAsync(surroundings, settings => settings["config"] = file, PolicyText.Roomy);

        await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("anna"));
        log.Lines.ShouldNotContain(line => line.Contains("\"Id\":2301"));

        await File.WriteAllTextAsync(file, """{ "Logging": { "Level": "Debug" } }""");
        world.Service<FileReloader>().Look(settled: true);
        await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("anna"));
        log.Lines.ShouldContain(line => line.Contains("\"Id\":2301"));

        await File.WriteAllTextAsync(file, """{ "Logging": { "Level": "Loud" } }""");
        world.Service<FileReloader>().Look(settled: true);
        log.Lines.ShouldContain(line => line.Contains("\"Id\":2902"));
    }
}
