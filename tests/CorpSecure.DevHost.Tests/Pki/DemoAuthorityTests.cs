using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using CorpSecure.DevHost.Postgres;
using Npgsql;

namespace CorpSecure.DevHost.Tests.Pki;

public sealed class DemoAuthorityTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_server_is_accepted_under_its_loopback_names(string name)
    {
        using var authority = await OpenAsync();
        await HandshakeAsync(authority.ChainPolicy, await authority.IssueAsync("gateway", LeafUsage.Server, CancellationToken.None), name);
    }

    [Fact]
    public async Task A_server_is_refused_under_another_name_by_another_authority_and_as_a_mere_client()
    {
        using var authority = await OpenAsync();
        using var stranger = await DemoAuthority.OpenAsync(directory.File("stranger"), TimeProvider.System, CancellationToken.None);
        var server = await authority.IssueAsync("gateway", LeafUsage.Server, CancellationToken.None);
        var client = await authority.IssueAsync("core-client", LeafUsage.Client, CancellationToken.None);

        await Should.ThrowAsync<AuthenticationException>(() => HandshakeAsync(authority.ChainPolicy, server, "gateway.example"));
        await Should.ThrowAsync<AuthenticationException>(() => HandshakeAsync(stranger.ChainPolicy, server, "localhost"));
        await Should.ThrowAsync<AuthenticationException>(() => HandshakeAsync(authority.ChainPolicy, client, "localhost"));
    }

    [Fact]
    public async Task What_was_made_is_used_again_and_keys_are_private()
    {
        string first;
        using (var authority = await OpenAsync())
            first = await File.ReadAllTextAsync((await authority.IssueAsync("gateway", LeafUsage.Server, CancellationToken.None)).CertificateFile);

        using var again = await OpenAsync();
        var files = await again.IssueAsync("gateway", LeafUsage.Server, CancellationToken.None);
        (await File.ReadAllTextAsync(files.CertificateFile)).ShouldBe(first);
        foreach (var key in Directory.GetFiles(directory.File("pki"), "*.key"))
            File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task What_nears_its_end_is_renewed()
    {
        using var authority = await OpenAsync();
        var files = await authority.IssueAsync("gateway", LeafUsage.Server, CancellationToken.None);
        var first = await File.ReadAllTextAsync(files.CertificateFile);

        using var later = await DemoAuthority.OpenAsync(directory.File("pki"), new Later(TimeSpan.FromDays(340)), CancellationToken.None);
        await later.IssueAsync("gateway", LeafUsage.Server, CancellationToken.None);
        (await File.ReadAllTextAsync(files.CertificateFile)).ShouldNotBe(first);
    }

    [Fact]
    public async Task The_database_is_reached_by_verified_TLS_only()
    {
        using var authority = await OpenAsync();
        using var stranger = await DemoAuthority.OpenAsync(directory.File("stranger"), TimeProvider.System, CancellationToken.None);
        var server = await authority.IssueAsync("postgres", LeafUsage.Server, CancellationToken.None);
        await using var cluster = await PostgresCluster.StartAsync(
            new PostgresClusterOptions { ServerCertificate = new ServerCertificate(server.CertificateFile, server.KeyFile, authority.CertificateFile) },
            CancellationToken.None);

        await OpenAsync(new(cluster.AdminConnectionString));
        await Should.ThrowAsync<NpgsqlException>(() => OpenAsync(new(cluster.AdminConnectionString) { RootCertificate = stranger.CertificateFile }));
        await Should.ThrowAsync<PostgresException>(() => OpenAsync(new(cluster.AdminConnectionString) { SslMode = SslMode.Disable, RootCertificate = null }));
    }

    private Task<DemoAuthority> OpenAsync() => DemoAuthority.OpenAsync(directory.File("pki"), TimeProvider.System, CancellationToken.None);

    private static async Task OpenAsync(NpgsqlConnectionStringBuilder text)
    {
        text.Pooling = false;
        await using var connection = new NpgsqlConnection(text.ConnectionString);
        await connection.OpenAsync();
    }

    private static async Task HandshakeAsync(X509ChainPolicy trust, PemFiles files, string name)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await listener.AcceptTcpClientAsync();
        using var pem = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
        await using var server = new SslStream(accepted.GetStream());
        await using var stream = new SslStream(client.GetStream());
        var serving = server.AuthenticateAsServerAsync(pem);
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, CertificateChainPolicy = trust });
        }
        finally
        {
            client.Close();
            await serving.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
