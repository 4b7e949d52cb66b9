using CorpSecure.DevHost.Postgres;

namespace CorpSecure.DevHost.Tests.Postgres;

public sealed class PostgresInstallationTests
{
    [Fact]
    public async Task Links_left_behind_by_a_removed_package_are_no_installation()
    {
        var directory = Directory.CreateTempSubdirectory("corpsecure-links-");
        foreach (var program in new[] { "postgres", "initdb" })
            File.CreateSymbolicLink(Path.Combine(directory.FullName, program), "/nowhere/" + program);

        (await PostgresInstallation.AtAsync(directory.FullName, CancellationToken.None)).ShouldBeNull();

        directory.Delete(recursive: true);
    }
}
