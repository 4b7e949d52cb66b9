using CoreBank.Simulator.Control;
using CorpSecure.Gateway.Tests.World;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Gateway.Tests.Logs;

/// <summary>A day at the gateway, good and bad, with every line it wrote, on a PostgreSQL that can be stopped.</summary>
[Collection(GatewayCollection.Name)]
public sealed class LogScanTests : IAsyncLifetime
{
    private readonly LogCapture log = new();
    private readonly Surroundings own = new();
    private readonly Dictionary<string, string> secrets = [];
    private GatewayWorld world = null!;

    public async Task InitializeAsync()
    {
        await own.InitializeAsync();
        world = await GatewayWorld.StartAsync(
            own,
            settings =>
            {
                settings["Logging:Level"] = "Verbose";
                settings["Core:ActivityTimeout"] = "00:00:01";
                settings["TrustedProxies:Networks:0"] = "127.0.0.0/8";
            },
            PolicyText.Roomy);
        secrets["the database's password"] = "for-tests-only";
        secrets["the master key"] = await File.ReadAllTextAsync(own.MasterKeyFile);
        secrets["a signing key"] = world.Keys["anna-1"].ExportPrivatePem().Split('\n')[1];
        secrets["a caller's address"] = "203.0.113.77";
        secrets["a caller's program"] = "made-up-agent";
        secrets["a payee"] = "Bolt & Sons";
        secrets["an amount in a body"] = "1250.00";
        secrets["a reference"] = "INV-1";
        foreach (var name in new[] { "u-anna", "p-anna", "u-li", "p-li", "u-carla", "s-rita", "p-rita", "Acme Industries" })
            secrets[name] = name;
    }

    public async Task DisposeAsync()
    {
        log.Dispose();
        await world.DisposeAsync();
        await own.DisposeAsync();
    }

    [Fact]
    public async Task No_line_holds_a_secret_or_anything_of_a_person()
    {
        await GoodAsync();
        await RefusedAsync();
        await MalformedAsync();
        await CoreTroubleAsync();
        await DatabaseAwayAsync();
        Unexpected();

        var lines = log.Lines;
        lines.Count.ShouldBeGreaterThan(20);
        new[] { 2301, 2302, 1001, 2002, 2303 }.ShouldBeSubsetOf(Events(lines)); // decided, unrecorded, epoch given up, registry unconfirmed, failed: it was all there
        new LogScan(secrets).Findings(lines).ShouldBeEmpty();
        lines.Where(line => line.Contains("\"Route\":")).ShouldAllBe(line => line.Contains("\"DecisionId\":") && line.Contains("\"@tr\":"));
    }

    private async Task GoodAsync()
    {
        (await SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"))).Status.ShouldBe(201);
        (await SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001/transactions?limit=5").By("anna"))).Status.ShouldBe(200);
        (await world.SendAsync(new ARequest(world, HttpMethod.Get, "/ops/v1/decisions?client=acme&subject=u-anna") { Origin = world.Ops }.By("rita"))).Status.ShouldBe(200);
        (await world.SendAsync(new ARequest(world, HttpMethod.Get, "/ops/v1/decisions?from=u-anna") { Origin = world.Ops }.By("rita"))).Status.ShouldBe(400);
    }

    private async Task RefusedAsync()
    {
        await SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-huaxin-001").By("anna"));
        await SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001"));
        await SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001").WithToken(People.Token(world, "anna")[..^4] + "AAAA"));
        await SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001").WithToken(world.Staff.Token(People.Claims(world, "rita"))));
        await SendAsync(ARequest.PaymentBy(world, "anna", "anna-revoked"));
        await SendAsync(ARequest.PaymentBy(world, "li", "anna-1"));
        await SendAsync(ARequest.PaymentBy(world, "anna", "anna-1").ButSends("""{"debtorAccount":"acc-acme-002","amount":"1250.00"}"""));
        var twice = ARequest.PaymentBy(world, "anna", "anna-1");
        await SendAsync(twice);
        await SendAsync(twice);
    }

    private async Task MalformedAsync()
    {
        await Wire.ExchangeAsync(world, "GET /corporate/v1/accounts/acc-acme-001?u-anna HTTP/9.9\r\nAuthorization: Bearer eyJhbGciOiJFUzI1NiJ9\r\n\r\n");
        await Wire.ExchangeAsync(world, $"GET /corporate/v1/accounts/acc-acme-001%2f.. HTTP/1.1\r\n{world.Headers()}X-Forwarded-For: 203.0.113.77\r\n\r\n");
        await Wire.ExchangeAsync(world, $"POST /corporate/v1/payments HTTP/1.1\r\n{world.Headers()}Content-Length: u-anna\r\n\r\n");
        await SendAsync(ARequest.PaymentBy(world, "anna", "anna-1", """{"debtorAccount":"acc-acme-001","amount":"1250.00","amount":"1250.00" """));
        await SendAsync(ARequest.Get(world, "/corporate/v1/payees").By("anna").With("Signature-Input", "sig1=(u-anna").With("Signature", "sig1=:u-anna:"));
    }

    private async Task CoreTroubleAsync()
    {
        foreach (var knobs in new[] { new Knobs(ResetNext: 1), new Knobs(ResetBefore: 1), new Knobs(HangNext: 1), new Knobs(ErrorRate: 1) })
        {
            world.Core.Faults.Knobs = knobs;
            await SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));
            await SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001?limit=5").By("anna"));
        }

        world.Core.Faults.Knobs = new Knobs();
    }

    private async Task DatabaseAwayAsync()
    {
        await own.Postgres.StopAsync();
        await SendAsync(ARequest.PaymentBy(world, "anna", "anna-1"));
        await SendAsync(ARequest.Get(world, "/corporate/v1/accounts/acc-acme-001?limit=5").By("carla"));
        await world.SendAsync(new ARequest(world, HttpMethod.Get, "/ops/v1/decisions?client=acme") { Origin = world.Ops }.By("rita"));
        (await world.Http.GetAsync(new Uri(world.Ops + "/health/ready"))).Dispose();
        for (var tries = 0; !Events(log.Lines).Contains(2002); tries++)
        {
            tries.ShouldBeLessThan(2000, "the poll has stopped");
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await Wire.ExchangeAsync(world, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        await own.Postgres.StartAsync();
    }

    /// <summary>What nobody thought of: an exception whose words repeat what a caller sent.</summary>
    private void Unexpected()
    {
        var logger = world.Service<ILoggerFactory>().CreateLogger("CorpSecure.Gateway.Unexpected");
        var inner = new FormatException("The input string 'acc-acme-001' of u-anna was not in a correct format.");
        LogLine(logger, new InvalidOperationException("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1LWFubmEifQ and 1250.00", inner));

        static void LogLine(ILogger logger, Exception error) => logger.Log(LogLevel.Error, new EventId(2303), "failed", error, (state, _) => state);
    }

    private Task<Answer> SendAsync(ARequest request)
    {
        var message = request.With("X-Forwarded-For", "203.0.113.77").With("User-Agent", "made-up-agent").Build();
        foreach (var name in new[] { "Authorization", "Idempotency-Key", "Signature" })
        {
            if (message.Headers.TryGetValues(name, out var values))
                secrets[$"{name} {secrets.Count}"] = values.Single();
        }

        return world.SendAsync(message);
    }

    private static IReadOnlyCollection<int> Events(IEnumerable<string> lines) =>
        [.. lines.Select(line => System.Text.RegularExpressions.Regex.Match(line, "\"EventId\":\\{\"Id\":(\\d+)")).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct()];
}
