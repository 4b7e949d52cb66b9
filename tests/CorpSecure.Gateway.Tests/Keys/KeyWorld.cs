using System.Text.Json;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.Keys;

/// <summary>A gateway whose users come and go with their keys.</summary>
public sealed class KeyWorld(Surroundings surroundings) : IAsyncLifetime
{
    private int users;

    public GatewayWorld World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await GatewayWorld.StartAsync(surroundings, policy: PolicyText.Roomy);

    public async Task DisposeAsync() => await World.DisposeAsync();

    /// <summary>Someone of Acme's who may pay from one account.</summary>
    public async Task<string> NewUserAsync(string role = "maker")
    {
        var name = $"user{Interlocked.Increment(ref users)}";
        await World.RegisterAsync(
            $"insert into registry.users (subject, realm, person, client, status, roles) values ('u-{name}', 'corporate', 'p-{name}', 'acme', 'active', '{{{role}}}');"
            + $"insert into registry.entitlements (subject, account, permissions) values ('u-{name}', 'acc-acme-001', '{{view,pay}}')");
        return name;
    }

    public SoftwareSigningKey NewKey(SignatureAlgorithm? algorithm = null)
    {
        var key = SigningKey.Generate(algorithm ?? SignatureAlgorithm.Ed25519);
        World.Keys[key.KeyId] = key;
        return key;
    }

    public ARequest Enrolment(string user, SoftwareSigningKey key, string? body = null) =>
        new ARequest(World, HttpMethod.Post, KeyEnrolment.Path) { Tag = KeyEnrolment.Tag }.By(user).WithJson(body ?? Body(key)).SignedBy(key.KeyId);

    /// <summary>A key that is enrolled and past its cooling-off.</summary>
    public async Task<SoftwareSigningKey> EnrolAsync(string user, SignatureAlgorithm? algorithm = null)
    {
        var key = NewKey(algorithm);
        (await World.SendAsync(Enrolment(user, key))).Status.ShouldBe(201);
        await World.RegisterAsync($"update registry.keys set active_from = null where key_id = '{key.KeyId}'");
        return key;
    }

    public ARequest End(string user, string keyId, string verb) => new ARequest(World, HttpMethod.Post, $"{KeyEnrolment.Path}/{keyId}/{verb}").By(user);

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string user)
    {
        var answer = await World.SendAsync(ARequest.Get(World, KeyEnrolment.Path).By(user));
        answer.Status.ShouldBe(200);
        return [.. answer.Body!.Value.GetProperty("keys").EnumerateArray()];
    }

    /// <summary>Allowed by the policy, refused by what the gateway found when it set to work: a decision and its outcome.</summary>
    public async Task ShouldEndInAsync(ARequest request, int status, string reason)
    {
        var answer = await World.SendAsync(request);
        (answer.Status, answer.Code).ShouldBe((status, reason));
        var entries = await World.EntriesAsync(answer.DecisionId);
        entries.Select(entry => entry.Kind).ShouldBe([(short)1, (short)2]);
        entries[1].Text("status").ShouldBe($"{status}");
    }

    /// <summary>Lets the polls of all replicas run, as a second goes by.</summary>
    public async Task SecondAsync(params RegistryFeed[] feeds)
    {
        var version = await World.QueryAsync<long>("select value from registry.version");
        World.Clock.Advance(RegistryFeed.Interval);
        for (var turns = 0; turns < 300 && feeds.Any(feed => feed.Current.Version != version); turns++)
            await World.QueryAsync<bool>("select true"); // a turn of the database for the poll to use
    }

    public static string Body(SoftwareSigningKey key, string name = "laptop")
    {
        using var verification = key.ToVerificationKey();
        return $$"""{"name":"{{name}}","key":{{System.Text.Encoding.UTF8.GetString(verification.ExportJwk())}}}""";
    }
}
