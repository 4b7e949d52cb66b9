using CorpSecure.DevHost.Hosting;

namespace CorpSecure.DevHost.Tests.Hosting;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_second_system_on_one_directory_is_told_who_runs_there()
    {
        using (DataDirectory.Open(directory.Path))
        {
            var fault = Should.Throw<ConfigurationFaultException>(() => DataDirectory.Open(directory.Path));
            fault.Message.ShouldContain($"already running (process {Environment.ProcessId})");
            fault.Message.ShouldContain("--port-offset");
        }
        DataDirectory.Open(directory.Path).Dispose();
    }

    [Fact]
    public void A_reset_deletes_what_was_made_and_nothing_else()
    {
        File.WriteAllText(directory.File("mine.txt"), "kept");
        using var data = DataDirectory.Open(directory.Path);
        File.WriteAllText(Path.Combine(data.Keys, "old.pem"), "");
        Directory.CreateDirectory(Path.Combine(data.Postgres, "data"));

        data.Reset();

        File.Exists(directory.File("mine.txt")).ShouldBeTrue();
        Directory.GetFiles(data.Keys).ShouldBeEmpty();
        Directory.Exists(data.Postgres).ShouldBeFalse();
    }
}
