using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.DevHost.Tests.Processes;

public sealed class BuildOutputTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_part_is_found_beside_our_own_output_in_the_same_configuration()
    {
        var own = directory.File("src/CorpSecure.DevHost/bin/Release/net10.0/");
        var other = Directory.CreateDirectory(directory.File("src/CorpSecure.Cli/bin/Release/net10.0")).FullName;
        File.WriteAllText(Path.Combine(other, "corpsec.dll"), "");

        new BuildOutput(own).Assembly("CorpSecure.Cli", "corpsec").ShouldBe(Path.Combine(other, "corpsec.dll"));
    }

    [Fact]
    public void A_part_that_is_not_built_is_named_with_the_command_that_builds_it()
    {
        var own = directory.File("src/CorpSecure.DevHost/bin/Debug/net10.0/");
        Should.Throw<ConfigurationFaultException>(() => new BuildOutput(own).Assembly("CorpSecure.Gateway")).Message.ShouldContain("dotnet build -c Debug");
    }
}
