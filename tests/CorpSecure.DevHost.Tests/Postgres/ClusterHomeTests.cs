using CorpSecure.DevHost.Postgres;
using Npgsql;

namespace CorpSecure.DevHost.Tests.Postgres;

public sealed class ClusterHomeTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Data_survive_a_restart_of_everything()
    {
        var options = new PostgresClusterOptions { Directory = directory.File("cluster") };
        await using (var first = await PostgresCluster.StartAsync(options, CancellationToken.None))
            await first.CreateDatabaseAsync("kept");

        await using var second = await PostgresCluster.StartAsync(options, CancellationToken.None);
        await using var connection = new NpgsqlConnection(second.ConnectionString("kept"));
        await connection.OpenAsync();
    }

    [Fact]
    public async Task A_folder_the_servers_account_cannot_reach_gets_its_cluster_elsewhere()
    {
        // As /root is.
        File.SetUnixFileMode(directory.Path, (UnixFileMode)0b111_000_000);
        var home = directory.File("deep/cluster");
        var said = new List<string>();
        var place = await ClusterHome.AtAsync(home, said.Add, CancellationToken.None);

        if (Environment.IsPrivilegedProcess)
        {
            place.Root.ShouldStartWith("/var/tmp/corpsecure-");
            said.ShouldHaveSingleItem().ShouldContain(place.Root);
        }
        else
        {
            place.Root.ShouldBe(home);
            said.ShouldBeEmpty();
        }
        said.Clear();
        (await ClusterHome.AtAsync(home, said.Add, CancellationToken.None)).Root.ShouldBe(place.Root);
        said.ShouldBeEmpty();

        ClusterHome.Delete(home);
        Directory.Exists(place.Root).ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_path_gets_its_socket_in_a_short_one()
    {
        var place = await ClusterHome.AtAsync(directory.File(new string('x', 120)), _ => { }, CancellationToken.None);

        var socket = place.SocketDirectory(5432);
        socket.Length.ShouldBeLessThan(60);
        place.SocketDirectory(5432).ShouldBe(socket);

        place.Delete();
        Directory.Exists(socket).ShouldBeFalse();
    }
}
