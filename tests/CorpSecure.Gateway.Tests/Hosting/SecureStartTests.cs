using System.Net.Sockets;
using System.Text.Json;
using CorpSecure.DevHost.Pki;
using CorpSecure.Gateway.Commands;
using CorpSecure.Gateway.Tests.Certificates;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Hosting;

/// <summary>Weak material stops the start: a clear line, exit code 78, and nothing listens. Each case is told by the check too.</summary>
[Collection(GatewayCollection.Name)]
public sealed class SecureStartTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private readonly DirectoryInfo folder = surroundings.Directory.CreateSubdirectory($"secure-{FreePort.Take()}");

    public static TheoryData<string, string> Certificates => new()
    {
        { "expired", "Listeners:Api:CertificateFile: {0}: expired at" },
        { "not yet valid", "is not valid before" },
        { "for another name", "is not for localhost; its subject alternative names must include it" },
        { "for no name", "is not for localhost" },
        { "for clients", "lacks the extended key usage for server authentication" },
        { "for anything", "lacks the extended key usage for server authentication" },
        { "weak key", "has a weak key; RSA needs 2048 bits" },
        { "SHA-1", "SHA-256 or better is needed" },
        { "an authority's", "is an authority's certificate" },
    };

    [Theory]
    [MemberData(nameof(Certificates))]
    public async Task A_certificate_that_should_not_be_shown(string fault, string expected)
    {
        var odd = fault switch
        {
            "expired" => new OddCertificate { From = -10, Days = 9 },
            "not yet valid" => new OddCertificate { From = 1 },
            "for another name" => new OddCertificate { Name = "elsewhere.example" },
            "for no name" => new OddCertificate { Name = null },
            "for clients" => new OddCertificate { Usage = "1.3.6.1.5.5.7.3.2" },
            "for anything" => new OddCertificate { Usage = null },
            "weak key" => new OddCertificate { RsaBits = 1024 },
            "SHA-1" => new OddCertificate { RsaBits = 2048, Sha1 = true },
            _ => new OddCertificate { Authority = true },
        };
        var files = odd.Write(folder.FullName);
        await RefusedAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, files.CertificateFile), ("Listeners:Api:CertificateFile", files.CertificateFile), ("Listeners:Api:KeyFile", files.KeyFile));
    }

    [Fact]
    public async Task A_good_certificate_made_the_same_way_is_taken()
    {
        var files = new OddCertificate().Write(folder.FullName);
        (await CheckAsync(("Listeners:Api:CertificateFile", files.CertificateFile), ("Listeners:Api:KeyFile", files.KeyFile))).ShouldBe((0, ""));
    }

    [Fact]
    public async Task A_certificate_for_servers_is_not_shown_to_the_core()
    {
        var files = new OddCertificate().Write(folder.FullName);
        await RefusedAsync("Core:ClientCertificateFile: " + files.CertificateFile + ": lacks the extended key usage for client authentication", ("Core:ClientCertificateFile", files.CertificateFile), ("Core:ClientKeyFile", files.KeyFile));
    }

    [Theory]
    [InlineData("Listeners:Api:KeyFile")]
    [InlineData("Core:ClientKeyFile")]
    [InlineData("Gateway:AssertionKeyFile")]
    [InlineData("Ledger:MasterKeyFile")]
    public async Task A_key_that_others_can_read(string key)
    {
        var original = World.Arguments.Single(argument => argument.StartsWith($"--{key}=", StringComparison.Ordinal)).Split('=', 2)[1];
        var copy = Path.Combine(folder.FullName, "open.key");
        foreach (var (mode, refused) in new[] { (0b110_100_100, true), (0b110_000_010, true), (0b110_110_000, true), (0b110_100_000, false), (0b100_000_000, false) })
        {
            SecretFile.Write(copy, await File.ReadAllTextAsync(original));
            SecretFile.Open(copy, mode);
            var link = Path.Combine(folder.FullName, $"link-{mode}");
            File.CreateSymbolicLink(link, copy);
            foreach (var file in new[] { copy, link })
            {
                var (code, told) = await CheckAsync((key, file));
                (code, told.Contains($"{key}: is open to others")).ShouldBe(refused ? (78, true) : (0, false), $"{mode:b} {told}");
            }
        }
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Ledger:MasterKeyFile: the key is not random")]
    [InlineData("c2hvcnQ=", "Ledger:MasterKeyFile: a master key has 32 bytes, not 5")]
    [InlineData("", "Ledger:MasterKeyFile: a master key has 32 bytes, not 0")]
    [InlineData("not base64!", "Ledger:MasterKeyFile: the master key file must hold 32 bytes as base64 text")]
    public async Task A_master_key_that_is_none(string text, string expected)
    {
        var file = Path.Combine(folder.FullName, "master.key");
        SecretFile.Write(file, text);
        await RefusedAsync(expected, ("Ledger:MasterKeyFile", file));
    }

    [Theory]
    [InlineData("Gateway:BodyTimeout", "10.00:00:00", "is too long")]
    [InlineData("Core:ActivityTimeout", "10.00:00:00", "is too long")]
    [InlineData("Core:HealthInterval", "10.00:00:00", "is too long")]
    [InlineData("Gateway:ReloadInterval", "10.00:00:00", "is too long")]
    [InlineData("Gateway:DrainDelay", "10.00:00:00", "must be between")]
    [InlineData("Gateway:Origin", "http://localhost:8443", "must be an https origin")]
    [InlineData("Gateway:OpsOrigin", "http://localhost:9444", "must be an https origin")]
    [InlineData("Issuers:Corporate:Issuer", "http://localhost:1/", "must be an https URL")]
    [InlineData("Issuers:Staff:Issuer", "http://localhost:1/", "must be an https URL")]
    [InlineData("Telemetry:Otlp:Endpoint", "http://localhost:4318", "must be an https URL")]
    [InlineData("Core:Destinations:0", "http://localhost:1", "is not an https URL")]
    [InlineData("Metrics:Networks:0", "0.0.0.0/0", "is everyone")]
    [InlineData("Database:ConnectionString", "Host=db.example;Username=x;Password=y", "must verify the server")]
    [InlineData("Database:ConnectionString", "Host=127.0.0.1,db.example;Username=x;SSL Mode=Require", "must verify the server")]
    [InlineData("Kestrel:Endpoints:Plain:Url", "http://0.0.0.0:8080", "Kestrel:Endpoints: opens doors that nothing guards")]
    public Task A_setting_that_opens_too_much(string key, string value, string expected) => RefusedAsync(expected, (key, value));

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_token_that_can_be_guessed(string token)
    {
        var file = Path.Combine(folder.FullName, "metrics.token");
        SecretFile.Write(file, token);
        await RefusedAsync("Metrics:TokenFile: the token is weak", ("Metrics:TokenFile", file));
    }

    [Theory]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/{a}/{b}/{c}\"", "Routes[3].Path: '/{a}/{b}/{c}' begins with a parameter and so takes every path")]
    [InlineData("\"roles\": [\"maker\"], \"acr\"", "\"roles\": [\"*\"], \"acr\"", "Routes[4].Roles[0]: '*' is not the name of a role")]
    [InlineData("\"acr\": [\"mfa\"], \"maximumAge\": \"00:30:00\"", "\"acr\": [\"mfa\", \"pwd\"], \"maximumAge\": \"00:30:00\"", "Routes[4].Acr: a password alone must not be enough to change something")]
    [InlineData("\"acr\": [\"mfa\"], \"maximumAge\": \"00:30:00\"", "\"acr\": [\"mfa\"], \"maximumAge\": \"365.00:00:00\"", "Routes[4].MaximumAge")]
    [InlineData("\"permits\": 300", "\"permits\": 999999999", "RateLimits[0].Permits")]
    public async Task A_policy_that_opens_everything(string from, string to, string expected)
    {
        var file = Path.Combine(folder.FullName, "policy.json");
        PolicyText.Shipped.ShouldContain(from);
        await File.WriteAllTextAsync(file, PolicyText.Shipped.Replace(from, to, StringComparison.Ordinal));
        await RefusedAsync(expected, ("Gateway:PolicyFile", file));
    }

    [Theory]
    [InlineData("Gateway:PolicyFlie", "Gateway:PolicyFlie: unknown setting; did you mean PolicyFile?")]
    [InlineData("Gatway:PolicyFile", "Gatway: unknown setting; did you mean Gateway?")]
    [InlineData("Listeners:Api:Prot", "Listeners:Api:Prot: unknown setting; did you mean Port?")]
    [InlineData("Listeners:Admin:Port", "Listeners:Admin: unknown setting; known here: Api, Ops")]
    [InlineData("Logging:LogLevel:Microsoft", "Logging:LogLevel: unknown setting")]
    public Task A_setting_that_nobody_reads(string key, string expected) => RefusedAsync(expected, (key, "x"));

    [Fact]
    public async Task A_setting_that_nobody_reads_is_found_in_a_file_and_what_is_not_ours_in_the_environment_is_left_alone()
    {
        var file = Path.Combine(folder.FullName, "gateway.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { Gateway = new { PolicyFlie = "x" }, Kore = new { CaFile = "x" } }));
        Environment.SetEnvironmentVariable("Elsewhere__Gateway", "x");
        var (code, told) = await CheckAsync(("config", file));
        code.ShouldBe(78);
        told.ShouldContain("Gateway:PolicyFlie: unknown setting; did you mean PolicyFile?");
        told.ShouldContain("Kore: unknown setting; did you mean Core?");
        told.ShouldNotContain("Elsewhere");
    }

    [Fact]
    public async Task All_faults_of_all_kinds_are_told_at_once_and_each_once_with_what_to_write()
    {
        var files = new OddCertificate { From = -10, Days = 9 }.Write(folder.FullName);
        var (code, told) = await CheckAsync(
            ("Gateway:PolicyFlie", "x"), ("Gateway:Origin", "http://x"), ("Listeners:Api:CertificateFile", files.CertificateFile), ("Listeners:Api:KeyFile", files.KeyFile), ("Ledger:MasterKeyFile", "/nowhere"));
        code.ShouldBe(78);
        foreach (var key in new[] { "Gateway:PolicyFlie: ", "Gateway:Origin: ", "Listeners:Api:CertificateFile: ", "Ledger:MasterKeyFile: " })
            told.Split('\n').Count(line => line.StartsWith(key, StringComparison.Ordinal)).ShouldBe(1, told);
        told.ShouldContain("    write: \"Gateway\": { \"Origin\": \"https://bank.example:8443\" }");
        told.ShouldEndWith("4 faults\n");
    }

    [Fact]
    public async Task With_connect_the_check_tries_what_is_named()
    {
        (await CheckAsync(["--connect"])).ShouldBe((0, ""));
        var (code, told) = await CheckAsync(
            ["--connect"], ("Database:ConnectionString", World.AdminConnection), ("Issuers:Corporate:Issuer", World.Corporate.Issuer + "other/"), ("Core:Destinations:0", "https://localhost:1"));
        code.ShouldBe(78);
        told.ShouldContain("Database:ConnectionString: is an administrator's");
        told.ShouldContain("Issuers:Corporate:Issuer: ");
        told.ShouldContain("Core:Destinations: ");
        told.ShouldNotContain("for-tests-only");
    }

    /// <summary>By the start and by the check, in the same words.</summary>
    private async Task RefusedAsync(string expected, params (string Key, string Value)[] changes)
    {
        var port = FreePort.Take();
        var refused = await Should.ThrowAsync<Gateway.Hosting.StartRefusedException>(() => Gateway.Hosting.GatewayHost.BuildAsync([.. Arguments(changes), $"--Listeners:Api:Port={port}"]));
        refused.Message.ShouldContain(expected);
        var (code, told) = await CheckAsync(changes);
        (code, told).ShouldSatisfyAllConditions(() => code.ShouldBe(78), () => told.ShouldContain(expected));
        using var probe = new TcpClient();
        await Should.ThrowAsync<SocketException>(() => probe.ConnectAsync("127.0.0.1", port));
    }

    private Task<(int Code, string Told)> CheckAsync(params (string Key, string Value)[] changes) => CheckAsync([], changes);

    private async Task<(int Code, string Told)> CheckAsync(string[] options, params (string Key, string Value)[] changes)
    {
        var errors = new StringWriter();
        string[] arguments = [.. options, .. Arguments(changes).SelectMany(argument => argument.StartsWith("--config=", StringComparison.Ordinal) ? argument.Split('=', 2) : [argument])];
        var code = await ConfigCheck.RunAsync(arguments, TextWriter.Null, errors, CancellationToken.None);
        return (code, errors.ToString().ReplaceLineEndings("\n"));
    }

    private string[] Arguments((string Key, string Value)[] changes) =>
        [.. World.Arguments, .. changes.Select(change => $"--{change.Key}={change.Value}")];
}
