using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Tour;

namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>
/// The running system under test: started here from the build output, or, when <c>CORPSECURE_TARGET</c> names the
/// <c>demo.json</c> of another one, that one. <c>CORPSECURE_COMPOSE</c> then is the compose command that stops and starts its containers.
/// </summary>
public sealed class Target : IAsyncLifetime
{
    public const string Variable = "CORPSECURE_TARGET";
    public const string ComposeVariable = "CORPSECURE_COMPOSE";

    /// <summary>Short, so that a test sees a token end and the SDK renew it.</summary>
    public const string TokenLifetime = "00:01:00";

    private readonly TourNonces nonces = new(TimeProvider.System);

    internal DemoDocument Demo { get; private set; } = null!;

    internal People People { get; private set; } = null!;

    internal Witnesses Witnesses { get; private set; } = null!;

    internal Hands Hands { get; private set; } = null!;

    internal DemoAddresses Addresses => Demo.Addresses;

    /// <summary>A client without a token, with connections of its own.</summary>
    internal HttpClient Stranger() => new(GatewayTransport.Create(Demo.CaFile));

    internal TourClient Sender() => new(Demo, nonces, TimeProvider.System);

    /// <summary>Ready, and for a second on end at both doors: a balancer learns late that a replica has gone, and late that it is back.</summary>
    internal async Task UntilReadyAsync()
    {
        await new TourPause(Demo, TimeProvider.System).UntilReadyAsync(CancellationToken.None);
        var inARow = 0;
        await Eventually.TrueAsync(async () => (inARow = await AnswersAsync() ? inARow + 1 : 0) >= 5, "both doors answer steadily");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var http = Stranger();
            using var health = await http.GetAsync(Addresses.Ops + "/health/ready");
            using var refusal = await http.GetAsync(Addresses.Gateway + "/corporate/v1/accounts");
            return health.IsSuccessStatusCode && refusal.StatusCode == System.Net.HttpStatusCode.Unauthorized;
        }
        catch (HttpRequestException)
        {
            return false; // that is the answer
        }
    }

    public async Task InitializeAsync()
    {
        var file = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(file))
        {
            var processes = await ProcessHands.StartAsync();
            Hands = processes;
            file = processes.System.Data.DemoFile;
        }
        else
        {
            Hands = new ComposeHands(Environment.GetEnvironmentVariable(ComposeVariable) ?? "docker compose");
        }

        Demo = TargetDocument.Read(file);
        People = new People(Demo, file);
        Witnesses = new Witnesses(Demo, await People.OfAsync(People.Rita));
    }

    public async Task DisposeAsync()
    {
        Witnesses?.Dispose();
        if (People is not null)
            await People.DisposeAsync();
        if (Hands is not null)
            await Hands.DisposeAsync();
    }
}

/// <summary>All black-box tests share one system.</summary>
[CollectionDefinition(Name)]
public sealed class RunningSystemCollection : ICollectionFixture<Target>
{
    public const string Name = "running system";
}
