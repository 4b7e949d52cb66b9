using System.Text.Json;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.Keys;

[Collection(GatewayCollection.Name)]
public sealed class ImportTests(KeyWorld keys) : IClassFixture<KeyWorld>
{
    private GatewayWorld World => keys.World;

    [Theory]
    [InlineData("retire", "retired")]
    [InlineData("revoke", "revoked")]
    public async Task A_document_read_again_brings_no_key_back(string verb, string state)
    {
        var user = await keys.NewUserAsync();
        using var key = SigningKey.Generate($"imported-{verb}", SignatureAlgorithm.Ed25519);
        World.Keys[key.KeyId] = key;
        var document = Document(Entry(key, user));
        await ImportAsync(document);
        (await World.SendAsync(ARequest.PaymentBy(World, user, key.KeyId))).Status.ShouldBe(201, "an imported key signs at once");
        (await World.SendAsync(keys.End(user, key.KeyId, verb))).Status.ShouldBe(200);

        await ImportAsync(document);

        (await World.QueryAsync<string>($"select state from registry.keys where key_id = '{key.KeyId}'")).ShouldBe(state);
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, user, key.KeyId), 401, $"signature.key-{state}");
    }

    [Fact]
    public async Task An_imported_key_waits_when_the_document_says_so()
    {
        var user = await keys.NewUserAsync();
        using var key = SigningKey.Generate("imported-later", SignatureAlgorithm.Ed25519);
        World.Keys[key.KeyId] = key;
        await ImportAsync(Document(Entry(key, user) with { ActiveFrom = World.Clock.GetUtcNow().AddHours(1) }));
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, user, key.KeyId), 401, "signature.key-cooling-off");
    }

    [Fact]
    public async Task Two_ids_for_one_key_are_refused()
    {
        using var key = SigningKey.Generate("twice-1", SignatureAlgorithm.Ed25519);
        var refused = await Should.ThrowAsync<StartRefusedException>(() => ImportAsync(Document(Entry(key, "anna"), Entry(key, "anna") with { KeyId = "twice-2" })));
        refused.Message.ShouldContain("a key is registered once");
        (await World.QueryAsync<long>("select count(*) from registry.keys where key_id like 'twice-%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_key_of_another_algorithm_than_the_document_says_is_refused_with_the_names_there_are()
    {
        using var key = SigningKey.Generate("wrong-1", SignatureAlgorithm.Ed25519);
        foreach (var algorithm in (string[])["ecdsa-p256-sha256", "PS256", "hmac-sha256", "rsa-v1_5-sha256", "ES256", ""])
        {
            var refused = await Should.ThrowAsync<StartRefusedException>(() => ImportAsync(Document(Entry(key, "anna") with { Algorithm = algorithm })));
            refused.Message.ShouldContain("ed25519, ecdsa-p256-sha256, ecdsa-p384-sha384, rsa-pss-sha512, PS256");
        }
    }

    [Fact]
    public async Task Rows_older_than_the_thumbprints_get_theirs_from_the_migration()
    {
        await World.ExecuteAsync("update registry.keys set thumbprint = null where key_id = 'li-1'");
        await CorpSecure.Gateway.Commands.GatewayCommands.MigrateAsync(World.AdminConnection, CancellationToken.None);
        using var key = World.Keys["li-1"].ToVerificationKey();
        (await World.QueryAsync<string>("select thumbprint from registry.keys where key_id = 'li-1'")).ShouldBe(key.Thumbprint);
    }

    private static KeyEntry Entry(SoftwareSigningKey key, string user) => new(key.KeyId, "acme", "u-" + user, key.Algorithm.Name, key.ExportPublicPem());

    private static string Document(params KeyEntry[] entries) => JsonSerializer.Serialize(new { keys = entries }, JsonSerializerOptions.Web);

    private async Task ImportAsync(string document)
    {
        var file = Path.Combine(World.Surroundings.Directory.FullName, $"registry-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, document);
        await using var registry = new RegistryContext(RegistryContext.Options(World.AdminConnection));
        await RegistryImport.RunAsync(file, registry, CancellationToken.None);
        await World.RegisterAsync("select 1");
    }
}
