using System.Text.Json;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Hosting;

[Collection(IdentityCollection.Name)]
public sealed class ConfigurationTests(IdentityFixture fixture)
{
    [Fact]
    public async Task Every_fault_stands_in_one_message_and_the_exit_code_is_78()
    {
        var settings = fixture.Configuration(Realm.Corporate, 9);
        settings["Identity:Realm"] = "both";
        settings["Identity:Issuer"] = "http://localhost:8444";
        settings["Identity:SigningKeyFile"] = "/nowhere/key.pem";
        settings["Listener:Port"] = "eighty";
        settings["SignIn:Attempts"] = "50";
        settings.Remove("Identity:Audience");

        var (code, errors) = await RunAsync(settings);

        code.ShouldBe(78);
        errors.ShouldContain("Identity:Realm: must be corporate or staff");
        errors.ShouldContain("Identity:Issuer: must be an https origin");
        errors.ShouldContain("Identity:SigningKeyFile: file not found: /nowhere/key.pem");
        errors.ShouldContain("Identity:Audience: missing");
        errors.ShouldContain("Listener:Port: must be a port number");
        errors.ShouldContain("SignIn:Attempts: must be a number from 1 to 5");
    }

    [Fact]
    public async Task Keys_of_the_wrong_kind_are_named_and_never_quoted()
    {
        var settings = fixture.Configuration(Realm.Corporate, 9);
        (settings["Identity:SigningKeyFile"], settings["Identity:EncryptionKeyFile"]) = (settings["Identity:EncryptionKeyFile"], settings["Identity:SigningKeyFile"]);

        var (code, errors) = await RunAsync(settings);

        code.ShouldBe(78);
        errors.ShouldContain("Identity:SigningKeyFile:");
        errors.ShouldContain("Identity:EncryptionKeyFile: must hold 32 bytes as base64 text");
        errors.ShouldNotContain(File.ReadAllText(settings["Identity:SigningKeyFile"]!));
    }

    [Fact]
    public async Task A_database_without_the_schema_is_refused_at_the_start()
    {
        var settings = fixture.Configuration(Realm.Corporate, 9);
        settings["Database:ConnectionString"] = settings["Database:ConnectionString"]!.Replace($"Database={IdentityFixture.Database}", "Database=postgres", StringComparison.Ordinal);

        var (code, errors) = await RunAsync(settings);

        code.ShouldBe(78);
        errors.ShouldContain("run the migrate command first");
    }

    [Fact]
    public async Task Migrate_and_import_run_from_the_command_line_and_can_be_repeated()
    {
        var file = Path.GetTempFileName();
        var config = Path.GetTempFileName();
        try
        {
            var user = new TestUser();
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
                new { users = new[] { user.ToImport() } }, JsonSerializerOptions.Web));
            await File.WriteAllTextAsync(config, JsonSerializer.Serialize(fixture.Configuration(Realm.Corporate, 9)));
            for (var round = 0; round < 2; round++)
            {
                using var output = new StringWriter();
                (await IdentityProgram.RunAsync(["migrate", "--connection", fixture.AdministratorConnection], output, output)).ShouldBe(0, output.ToString());
                (await IdentityProgram.RunAsync(["users", "import", file, "--connection", fixture.AdministratorConnection, "--config", config], output, output)).ShouldBe(0, output.ToString());
                output.ToString().ShouldContain("imported 1 users and 0 OAuth clients into identity_corporate");
            }
        }
        finally
        {
            File.Delete(file);
            File.Delete(config);
        }
    }

    [Fact]
    public async Task An_unknown_command_shows_the_usage()
    {
        using var errors = new StringWriter();

        (await IdentityProgram.RunAsync(["users", "export"], TextWriter.Null, errors)).ShouldBe(64);

        errors.ToString().ShouldContain("usage:");
    }

    private static async Task<(int Code, string Errors)> RunAsync(Dictionary<string, string?> settings)
    {
        using var errors = new StringWriter();
        var code = await IdentityProgram.RunAsync([.. settings.Select(setting => $"--{setting.Key}={setting.Value}")], TextWriter.Null, errors);
        return (code, errors.ToString());
    }
}
