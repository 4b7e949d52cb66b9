using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Import;
using CorpSecure.Identity.Rotation;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Rotation;

[Collection(IdentityCollection.Name)]
public sealed class RotationTests(IdentityFixture fixture) : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("corpsecure-rotation").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task All_keys_are_published_and_one_signs()
    {
        var (active, previous, next) = (NewKey("active"), NewKey("previous"), NewKey("next"));
        await using var server = await StartAsync(active, [PublicPartOf(previous)], [next]);
        using var machine = await MachineAsync(server);

        var token = await TokenAsync(machine, server);

        (await KeysAsync(server)).Keys.ShouldBe([Kid(active), Kid(previous), Kid(next)], ignoreOrder: true);
        Jwt.Header(token).GetProperty("kid").GetString().ShouldBe(Kid(active));
        foreach (var key in (await KeysAsync(server)).Values)
            key.TryGetProperty("d", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_change_of_files_the_next_key_signs_without_a_restart_and_what_was_signed_before_verifies()
    {
        var (active, previous, next) = (NewKey("active"), NewKey("previous"), NewKey("next"));
        await using var server = await StartAsync(active, [previous], [next]);
        using var machine = await MachineAsync(server);
        var (user, portal, tokens) = await SignInAsync(server);
        using var _ = portal;
        var (oldKid, newKid) = (Kid(active), Kid(next));
        var before = await TokenAsync(machine, server);

        File.Copy(active, previous, overwrite: true);
        File.Copy(next, active, overwrite: true);
        NewKey("next");
        await UntilAsync(async () => Jwt.Header(await TokenAsync(machine, server)).GetProperty("kid").GetString() == newKid);

        var keys = await KeysAsync(server);
        keys.Keys.ShouldBe([newKid, oldKid, Kid(next)], ignoreOrder: true);
        Jwt.Verifies(before, keys[oldKid]).ShouldBeTrue();
        var refreshed = await portal.RefreshAsync(tokens, server);
        refreshed.Status.ShouldBe(200, refreshed.Body.ToString());
        Jwt.Header(refreshed.AccessToken).GetProperty("kid").GetString().ShouldBe(newKid);
        refreshed.Claim("sub").ShouldBe(user.Subject);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_change_nothing()
    {
        var (active, next) = (NewKey("active"), NewKey("next"));
        await using var server = await StartAsync(active, [], [next]);
        using var machine = await MachineAsync(server);
        var kid = Kid(active);
        var newKid = Kid(next);

        var good = await File.ReadAllTextAsync(next);
        await File.WriteAllTextAsync(active, "half a fi");
        for (var look = 0; look < 3; look++)
        {
            fixture.Clock.Advance(SigningRingWatch.Every);
            Jwt.Header(await TokenAsync(machine, server)).GetProperty("kid").GetString().ShouldBe(kid);
        }

        await File.WriteAllTextAsync(active, good); // and it goes on looking
        await UntilAsync(async () => Jwt.Header(await TokenAsync(machine, server)).GetProperty("kid").GetString() == newKid);
    }

    [Fact]
    public async Task What_an_older_encryption_key_sealed_is_still_opened_and_a_replica_that_has_not_changed_yet_is_understood()
    {
        var signing = NewKey("active");
        var (older, newer) = (NewSecret("older"), NewSecret("newer"));
        var user = new TestUser();
        await using var before = await StartAsync(signing, [], [], older);
        await fixture.ImportAsync(before, new UsersDocument { Users = [user.ToImport()] });
        var (portal, browser, tokens) = await SignInAsync(before, user);
        using var _1 = portal;
        using var _2 = browser;
        await using var after = await StartAsync(signing, [], [], newer, older);
        await using var behind = await StartAsync(signing, [], [], older, newer);
        await using var without = await StartAsync(signing, [], [], newer);

        (await portal.RefreshAsync(tokens, after)).Status.ShouldBe(200);
        (await portal.RefreshAsync(tokens, without)).Error.ShouldBe("invalid_grant");

        // The authenticator's secret, and what protects cookies and forms.
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        using var later = new Browser(after);
        var renewed = await portal.TokenAsync(
            new()
            {
                ["grant_type"] = "authorization_code",
                ["code"] = await later.SignInAsync(await portal.AuthorizeUrlAsync(("scope", PortalRefresh.Scope)), user, fixture.Clock.GetUtcNow()),
                ["redirect_uri"] = Portal.Redirect,
                ["code_verifier"] = portal.Verifier,
                ["client_assertion"] = portal.Assertion(),
            },
            after,
            [portal.Proof.MakeFor(after, "/connect/token")]);
        renewed.Status.ShouldBe(200, renewed.Body.ToString());
        (await portal.RefreshAsync(renewed, behind)).Status.ShouldBe(200);

        // A repeated import seals anew, after which the old key can go.
        const string Stamp = "select \"SecurityStamp\" from identity_corporate.users where id = $1";
        var stamp = await fixture.ScalarAsync<string>(Stamp, user.Subject);
        await fixture.ImportAsync(after, new UsersDocument { Users = [user.ToImport()] });
        (await fixture.ScalarAsync<string>(Stamp, user.Subject)).ShouldBe(stamp);
        await fixture.ImportAsync(without, new UsersDocument { Users = [user.ToImport()] });
        (await fixture.ScalarAsync<string>(Stamp, user.Subject)).ShouldBe(stamp);
    }

    [Fact]
    public void A_key_that_is_none_stops_the_start_by_name()
    {
        var settings = Settings(NewKey("active"), [NewSecret("nothing")], ["/nowhere/next.pem"], NewSecret("a"));
        settings["Identity:OtherEncryptionKeyFiles:0"] = NewKey("wrong");

        var error = Should.Throw<ConfigurationFaultsException>(() => IdentitySettings.Load(new Microsoft.Extensions.Configuration.ConfigurationBuilder().AddInMemoryCollection(settings).Build()));

        error.Message.ShouldContain("Identity:PreviousSigningKeyFiles:0:");
        error.Message.ShouldContain("Identity:NextSigningKeyFiles:0: file not found: /nowhere/next.pem");
        error.Message.ShouldContain("Identity:OtherEncryptionKeyFiles:0: must hold 32 bytes as base64 text");
    }

    private async Task<TestServer> StartAsync(string active, string[] previous, string[] next, string? encryption = null, params string[] others) =>
        await TestServer.StartAsync(fixture, Settings(active, previous, next, encryption, others));

    private Dictionary<string, string?> Settings(string active, string[] previous, string[] next, string? encryption = null, params string[] others)
    {
        var settings = fixture.Configuration(Realm.Corporate, 4);
        settings["Identity:SigningKeyFile"] = active;
        if (encryption is not null)
            settings["Identity:EncryptionKeyFile"] = encryption;
        foreach (var (name, files) in new[] { ("PreviousSigningKeyFiles", previous), ("NextSigningKeyFiles", next), ("OtherEncryptionKeyFiles", others) })
        {
            for (var i = 0; i < files.Length; i++)
                settings[$"Identity:{name}:{i}"] = files[i];
        }

        return settings;
    }

    private async Task<(TestUser User, Portal Portal, TokenAnswer Tokens)> SignInAsync(TestServer server)
    {
        var user = await TestUser.CreateAsync(fixture);
        var (portal, browser, tokens) = await SignInAsync(server, user);
        browser.Dispose();
        return (user, portal, tokens);
    }

    private async Task<(Portal Portal, Browser Browser, TokenAnswer Tokens)> SignInAsync(TestServer server, TestUser user)
    {
        var portal = await Portal.CreateAsync(fixture, server);
        var browser = new Browser(server);
        return (portal, browser, await portal.SignInAsync(fixture, browser, user));
    }

    private Task<Portal> MachineAsync(TestServer server) => Portal.CreateAsync(
        fixture, server, client => client with { Grants = ["client_credentials"], RedirectUris = [], Client = "acme" });

    private static async Task<string> TokenAsync(Portal machine, TestServer server)
    {
        var answer = await machine.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "corporate", ["client_assertion"] = machine.Assertion() }, server);
        answer.Status.ShouldBe(200, answer.Body.ToString());
        return answer.AccessToken;
    }

    private static async Task<Dictionary<string, JsonElement>> KeysAsync(TestServer server)
    {
        using var http = server.NewClient();
        var keys = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync("/.well-known/jwks"));
        return keys.GetProperty("keys").EnumerateArray().ToDictionary(key => key.GetProperty("kid").GetString()!);
    }

    // Each look happens when the clock says so, on a thread of its own.
    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var round = 0; round < 50; round++)
        {
            fixture.Clock.Advance(SigningRingWatch.Every);
            if (await isSo())
                return;
        }

        throw new InvalidOperationException("the change was not taken up");
    }

    private string NewKey(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Write($"{name}.pem", key.ExportPkcs8PrivateKeyPem());
    }

    private string PublicPartOf(string file)
    {
        using var key = IdentityKeys.LoadSigning(file);
        return Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
    }

    private string NewSecret(string name) => Write($"{name}.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    private static string Kid(string file)
    {
        using var key = IdentityKeys.LoadSigning(file);
        return new IdentityKeys(key, new byte[32]).Signing.KeyId;
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(directory, name);
        File.WriteAllText(file, text);
        return file;
    }
}
