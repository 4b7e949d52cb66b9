using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Forwarding;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Tests.World;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CorpSecure.Gateway.Tests.Certificates;

/// <summary>Files are replaced under a running gateway.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RenewalTests(Surroundings surroundings) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = surroundings.Directory.CreateSubdirectory($"renewal-{FreePort.Take()}");
    private ScriptedCore core = null!;
    private GatewayWorld world = null!;

    private string Certificate => Path.Combine(folder.FullName, "tls.crt");

    private string Key => Path.Combine(folder.FullName, "tls.key");

    private string CoreKey => Path.Combine(folder.FullName, "core.key");

    private string CoreCertificate => Path.Combine(folder.FullName, "core.crt");

    private string AssertionKeyFile => Path.Combine(folder.FullName, "assertion.pem");

    public async Task InitializeAsync()
    {
        await PutAsync("first", LeafUsage.Server, Certificate, Key);
        await PutAsync("core-first", LeafUsage.Client, CoreCertificate, CoreKey);
        PutAssertionKey();
        core = await ScriptedCore.StartAsync(surroundings.ServerCertificate);
        world = await GatewayWorld.StartAsync(surroundings, settings =>
        {
            (settings["Listeners:Api:CertificateFile"], settings["Listeners:Api:KeyFile"]) = (Certificate, Key);
            (settings["Core:ClientCertificateFile"], settings["Core:ClientKeyFile"]) = (CoreCertificate, CoreKey);
            (settings["Gateway:AssertionKeyFile"], settings["Gateway:AssertionKeyId"]) = (AssertionKeyFile, "thumbprint");
            settings["Core:Destinations:0"] = core.Address;
        }, PolicyText.Roomy);
    }

    public async Task DisposeAsync()
    {
        await world.DisposeAsync();
        await core.DisposeAsync();
    }

    [Fact]
    public async Task New_handshakes_see_the_new_certificate_and_open_connections_go_on()
    {
        await using var open = await Wire.OpenAsync(world);
        (await ShownAsync()).ShouldBe("CN=first");
        await PutAsync("second", LeafUsage.Server, Certificate, Key);
        Look();

        (await ShownAsync()).ShouldBe("CN=second");
        await open.SendAsync($"GET /corporate/v1/payees HTTP/1.1\r\n{world.Headers()}\r\n");
        (await open.ReadAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_poll_finds_what_nobody_told()
    {
        await PutAsync("polled", LeafUsage.Server, Certificate, Key);
        for (var tries = 0; await ShownAsync() != "CN=polled"; tries++)
        {
            tries.ShouldBeLessThan(500);
            world.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task A_change_that_the_system_tells_needs_no_poll()
    {
        await PutAsync("told", LeafUsage.Server, Certificate, Key); // the clock stands still, so no poll comes
        for (var tries = 0; await ShownAsync() != "CN=told"; tries++)
            tries.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task A_mounted_secret_is_swapped_by_its_link()
    {
        var mounted = folder.CreateSubdirectory("mounted").FullName;
        await VersionAsync("..1", "mounted-one");
        Directory.CreateSymbolicLink(Path.Combine(mounted, "..data"), "..1");
        File.CreateSymbolicLink(Path.Combine(mounted, "tls.crt"), "..data/tls.crt");
        File.CreateSymbolicLink(Path.Combine(mounted, "tls.key"), "..data/tls.key");
        var watched = new Watched<CertificatePair>("mounted", [Path.Combine(mounted, "tls.crt"), Path.Combine(mounted, "tls.key")], texts => CertificatePair.Parse(texts[0], texts[1]));
        watched.Current.Leaf.Subject.ShouldStartWith("CN=mounted-one");

        await VersionAsync("..2", "mounted-two");
        watched.Refresh().ShouldBe(Reload.Unchanged);
        Directory.CreateSymbolicLink(Path.Combine(mounted, "..data_tmp"), "..2");
        Directory.Move(Path.Combine(mounted, "..data_tmp"), Path.Combine(mounted, "..data-new")); // .NET has no rename over a link: take the old one away first
        Directory.Delete(Path.Combine(mounted, "..data"));
        watched.Refresh().ShouldBe(Reload.Kept); // nothing there for a moment
        Directory.Move(Path.Combine(mounted, "..data-new"), Path.Combine(mounted, "..data"));
        watched.Refresh().ShouldBe(Reload.Renewed);
        watched.Current.Leaf.Subject.ShouldStartWith("CN=mounted-two");

        async Task VersionAsync(string version, string name)
        {
            var place = Directory.CreateDirectory(Path.Combine(mounted, version)).FullName;
            await PutAsync(name, LeafUsage.Server, Path.Combine(place, "tls.crt"), Path.Combine(place, "tls.key"));
        }
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("gone")]
    [InlineData("another key")]
    [InlineData("half written")]
    [InlineData("for clients only")]
    public async Task What_cannot_be_used_leaves_the_old_one_in_force(string fault)
    {
        var (certificate, key) = (await File.ReadAllTextAsync(Certificate), await File.ReadAllTextAsync(Key));
        switch (fault)
        {
            case "broken":
                await File.WriteAllTextAsync(Certificate, "nonsense");
                break;
            case "gone":
                File.Delete(Key);
                break;
            case "another key":
                await PutAsync("stranger", LeafUsage.Server, Path.Combine(folder.FullName, "x"), Key);
                break;
            case "half written":
                await File.WriteAllTextAsync(Certificate, certificate[..(certificate.Length / 2)]);
                break;
            case "for clients only":
                await PutAsync("client-only", LeafUsage.Client, Certificate, Key);
                break;
        }

        Look();
        (await ShownAsync()).ShouldBe("CN=first");
        Stale("api").ShouldBe(1);
        world.Service<CertificateStore>().Api.Fault.ShouldNotBeNull();

        await File.WriteAllTextAsync(Certificate, certificate);
        await File.WriteAllTextAsync(Key, key);
        Look();
        Stale("api").ShouldBe(0);
    }

    [Fact]
    public async Task An_expired_one_is_not_taken_and_the_time_that_is_left_is_told()
    {
        var clock = new FakeTimeProvider(world.Clock.GetUtcNow());
        var store = new CertificateStore(world.Service<GatewaySettings>(), clock);
        Left().ShouldBeInRange(TimeSpan.FromDays(360).TotalSeconds, TimeSpan.FromDays(366).TotalSeconds);
        await PutAsync("too-late", LeafUsage.Server, Certificate, Key);
        clock.Advance(TimeSpan.FromDays(400));

        store.Api.Refresh().ShouldBe(Reload.Kept);

        store.Api.Current.Leaf.Subject.ShouldStartWith("CN=first");
        store.Api.Fault.ShouldNotBeNull().ShouldContain("expired");
        Left().ShouldBeLessThan(0);

        double Left() => store.Expiries().Single(each => each.Tags[0].Value!.Equals("api")).Value;
    }

    [Fact]
    public async Task The_proxy_shows_the_core_the_new_certificate_on_new_connections()
    {
        var seen = new List<string>();
        core.Answer = context =>
        {
            seen.Add(context.Connection.Id);
            return context.Response.WriteAsync("{}");
        };
        var factory = world.Service<CertificateStore>();
        await ReadAsync();
        await ReadAsync();
        await PutAsync("core-second", LeafUsage.Client, CoreCertificate, CoreKey);
        Look();
        await ReadAsync();

        factory.Core.Current.Leaf.Subject.ShouldStartWith("CN=core-second");
        seen[1].ShouldBe(seen[0]);
        seen[2].ShouldNotBe(seen[0]);
    }

    [Fact]
    public async Task Assertions_are_signed_with_the_new_key_under_its_own_name()
    {
        var first = await KeyIdAsync();
        PutAssertionKey();
        Look();
        var second = await KeyIdAsync();

        second.ShouldNotBe(first);
        second.ShouldBe(world.Service<CertificateStore>().AssertionKey.Current.Id);
    }

    [Fact]
    public void Another_assertion_key_under_a_fixed_name_is_not_taken()
    {
        var watched = AssertionKey.Watch(new GatewaySection { AssertionKeyFile = AssertionKeyFile, AssertionKeyId = "gateway-1" });
        PutAssertionKey();
        watched.Refresh().ShouldBe(Reload.Kept);
        watched.Fault.ShouldNotBeNull().ShouldContain("needs a new id");
    }

    [Fact]
    public async Task A_listener_follows_its_bundle_of_client_authorities()
    {
        var bundle = Path.Combine(folder.FullName, "clients.pem");
        File.Copy(surroundings.Authority.CertificateFile, bundle);
        var watched = new Watched<TrustBundle>("clients", [bundle], texts => TrustBundle.Parse(texts[0]));
        using var other = await DemoAuthority.OpenAsync(Path.Combine(folder.FullName, "other"), TimeProvider.System, CancellationToken.None);
        await File.AppendAllTextAsync(bundle, await File.ReadAllTextAsync(other.CertificateFile));
        watched.Refresh().ShouldBe(Reload.Renewed);
        watched.Current.Policy.CustomTrustStore.Count.ShouldBe(2);
    }

    private void Look() => world.Service<FileReloader>().Look(settled: true);

    private int Stale(string name) => world.Service<CertificateStore>().Stale().Single(each => each.Tags[0].Value!.Equals(name)).Value;

    private async Task ReadAsync() => (await world.SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("anna"))).Status.ShouldBe(200);

    private async Task<string> KeyIdAsync()
    {
        core.Received.Clear();
        await ReadAsync();
        return new JsonWebToken(core.Received.ShouldHaveSingleItem()["Corpsecure-Assertion"].ToString()).Kid;
    }

    private async Task PutAsync(string name, LeafUsage usage, string certificate, string key)
    {
        var issued = await surroundings.Authority.IssueAsync(name, usage, CancellationToken.None);
        SecretFile.Write(key, await File.ReadAllTextAsync(issued.KeyFile));
        await File.WriteAllTextAsync(certificate, await File.ReadAllTextAsync(issued.CertificateFile));
    }

    private void PutAssertionKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SecretFile.Write(AssertionKeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    private async Task<string> ShownAsync()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", world.ApiPort);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = surroundings.Authority.ChainPolicy });
        return tls.RemoteCertificate!.Subject.Split(',')[0];
    }
}
