using System.Text.Json;
using System.Text.Json.Nodes;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.Tests.Keys;

public sealed class KeysTests : IAsyncLifetime
{
    private const string Key = """
        {"keyId":"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k","name":"laptop","algorithm":"ed25519","state":"cooling-off","client":"acme","subject":"user-anna","createdAt":"2026-11-24T09:00:00+00:00","activeFrom":"2026-11-24T21:00:00+00:00","retiredAt":null,"revokedAt":null,"revocationReason":null}
        """;

    private readonly DemoSystem _demo = new();

    private string Folder => Path.Combine(_demo.Home, "default", "keys");

    public async Task InitializeAsync()
    {
        await _demo.InitializeAsync();
        await _demo.SignInAsync();
    }

    public Task DisposeAsync() => _demo.DisposeAsync();

    [Theory]
    [InlineData("ed25519")]
    [InlineData("es256")]
    [InlineData("es384")]
    [InlineData("ps256")]
    [InlineData("ps512")]
    public async Task A_new_key_is_kept_enrolled_and_signs_payments(string algorithm)
    {
        _demo.Gateway.WillAnswer(Key, 201);

        var (exitCode, output, error) = await _demo.Corpsec.RunAsync("keys", "new", "--algorithm", algorithm, "--name", "laptop");

        (exitCode, error).ShouldBe((0, ""));
        output.ShouldContain("may sign from: 2026-11-24 21:00:00Z");
        var enrolment = _demo.Gateway.Received.ShouldHaveSingleItem();
        using var body = JsonDocument.Parse(enrolment.Body);
        using var publicKey = VerificationKey.FromJwk(body.RootElement.GetProperty("key"));
        publicKey.Algorithm.JoseName.ShouldBe(algorithm, StringCompareShould.IgnoreCase);
        var file = Directory.GetFiles(Folder).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe($"{publicKey.Thumbprint}.pem");
        output.ShouldContain(file);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await _demo.Corpsec.RunAsync("curl", "POST", "/corporate/v1/payments", "-d", "{}", "--key", publicKey.KeyId)).ExitCode.ShouldBe(0);
        var payment = _demo.Gateway.Received.Last();
        payment.Signature!.KeyId.ShouldBe(publicKey.KeyId);
        payment.FaultOf(publicKey, TimeProvider.System.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_overwritten_and_then_nothing_is_enrolled()
    {
        var file = Path.Combine(_demo.Authority.Folder, "mine.pem");
        await File.WriteAllTextAsync(file, "precious");

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("keys", "new", "--out", file);

        exitCode.ShouldBe(2);
        error.ShouldContain("nothing was enrolled");
        (await File.ReadAllTextAsync(file)).ShouldBe("precious");
        _demo.Gateway.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_key_leaves_nothing_behind()
    {
        _demo.Gateway.WillRefuse("acr.too-old", 401);

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("keys", "new");

        exitCode.ShouldBe(4);
        error.ShouldContain("acr.too-old");
        error.ShouldContain("corpsec login");
        Directory.GetFiles(Folder).ShouldBeEmpty();
        (await _demo.Corpsec.RunAsync("profile", "show")).Out.ShouldNotContain(Folder);
    }

    [Fact]
    public async Task A_key_of_which_nobody_knows_whether_it_was_enrolled_is_kept()
    {
        _demo.Gateway.WillAnswer("<html>", 502, "text/html");

        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("keys", "new");

        exitCode.ShouldBe(5);
        error.ShouldContain("corpsec keys list");
        Directory.GetFiles(Folder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_private_key_is_in_its_file_and_nowhere_else()
    {
        _demo.Gateway.WillAnswer(Key, 201);
        var (_, output, error) = await _demo.Corpsec.RunAsync("keys", "new", "-o", "json");
        JsonNode.Parse(output)!["file"]!.GetValue<string>().ShouldStartWith(Folder);
        var secret = (await File.ReadAllLinesAsync(Directory.GetFiles(Folder).Single()))[1];
        (output + error + await File.ReadAllTextAsync(Path.Combine(_demo.Home, "default", "profile.json"))).ShouldNotContain(secret);
        System.Text.Encoding.UTF8.GetString(_demo.Gateway.Received.Single().Body).ShouldNotContain("\"d\"");
    }

    [Fact]
    public async Task A_list_shows_what_each_key_is_worth()
    {
        var revoked = Key.Replace("cooling-off", "revoked", StringComparison.Ordinal).Replace("\"revocationReason\":null", "\"revocationReason\":\"lost\"", StringComparison.Ordinal);
        var list = $$"""{"keys":[{{Key}},{{revoked}}]}""";
        _demo.Gateway.WillAnswer(list);
        _demo.Gateway.WillAnswer(list);

        var (_, output, _) = await _demo.Corpsec.RunAsync("keys", "list");
        var (_, json, _) = await _demo.Corpsec.RunAsync("keys", "list", "-o", "json");

        output.ShouldContain("cooling-off until 2026-11-24 21:00:00Z");
        output.ShouldContain("revoked (lost)");
        JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(list)).ShouldBeTrue(json);
    }

    [Theory]
    [InlineData("retire")]
    [InlineData("revoke")]
    public async Task A_key_is_ended_by_its_name(string verb)
    {
        _demo.Gateway.WillAnswer(Key.Replace("cooling-off", "revoked", StringComparison.Ordinal));
        var (exitCode, output, _) = await _demo.Corpsec.RunAsync("keys", verb, "anna-1");
        (exitCode, output).ShouldBe((0, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k is revoked; every replica refuses it within five seconds.\n"));
        _demo.Gateway.Received.Single().Target.ShouldBe($"{KeyEnrolment.Path}/anna-1/{verb}");
    }

    [Fact]
    public async Task The_staff_list_and_revoke_at_their_own_door()
    {
        await _demo.SignInAsync("sam.officer");
        _demo.Ops.WillAnswer($$"""{"keys":[{{Key}}]}""");
        _demo.Ops.WillAnswer(Key.Replace("cooling-off", "revoked", StringComparison.Ordinal));

        (await _demo.Corpsec.RunAsync("keys", "list", "--realm", "staff", "--client", "acme", "--subject", "user-anna")).ExitCode.ShouldBe(0);
        (await _demo.Corpsec.RunAsync("keys", "revoke", "anna-1", "--realm", "staff", "--reason", "compromised")).ExitCode.ShouldBe(0);

        _demo.Ops.Received.Select(received => received.Target).ShouldBe(["/ops/v1/keys?client=acme&subject=user-anna", "/ops/v1/keys/anna-1/revoke"]);
        System.Text.Encoding.UTF8.GetString(_demo.Ops.Received.Last().Body).ShouldBe("""{"reason":"compromised"}""");
        _demo.Gateway.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("keys", "new", "--algorithm", "rs256")]
    [InlineData("keys", "list", "--client", "acme")]
    [InlineData("keys", "revoke", "anna-1", "--realm", "staff")]
    [InlineData("keys", "revoke", "anna-1", "--reason", "lost")]
    [InlineData("keys", "revoke", "anna-1", "--realm", "staff", "--reason", "because")]
    [InlineData("keys", "retire", "../../payments")]
    [InlineData("keys", "retire", "")]
    [InlineData("keys", "retire")]
    public async Task What_makes_no_sense_is_told_before_anything_is_sent(params string[] arguments)
    {
        (await _demo.Corpsec.RunAsync(arguments)).ExitCode.ShouldBe(2);
        _demo.Gateway.Received.ShouldBeEmpty();
        _demo.Ops.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_RSA_key_from_elsewhere_must_say_what_it_is_registered_for()
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.RsaPssSha256);
        var file = Path.Combine(_demo.Authority.Folder, "rsa.pem");
        await File.WriteAllTextAsync(file, key.ExportPrivatePem());
        await _demo.Corpsec.RunAsync("profile", "set", "--signing-key", file, "--signing-key-id", key.KeyId);
        var (exitCode, _, error) = await _demo.Corpsec.RunAsync("curl", "POST", "/corporate/v1/payments", "-d", "{}", "--key", key.KeyId);
        exitCode.ShouldBe(2);
        error.ShouldContain("--signing-key-algorithm");

        await _demo.Corpsec.RunAsync("profile", "set", "--signing-key", file, "--signing-key-id", key.KeyId, "--signing-key-algorithm", "ps256");
        (await _demo.Corpsec.RunAsync("curl", "POST", "/corporate/v1/payments", "-d", "{}", "--key", key.KeyId)).ExitCode.ShouldBe(0);
        using var publicKey = key.ToVerificationKey();
        _demo.Gateway.Received.Single().FaultOf(publicKey, TimeProvider.System.GetUtcNow()).ShouldBeNull();
    }
}
