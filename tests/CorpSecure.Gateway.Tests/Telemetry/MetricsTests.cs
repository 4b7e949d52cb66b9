using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Telemetry;

[Collection(GatewayCollection.Name)]
public sealed class MetricsTests(MeteredWorld metered) : IClassFixture<MeteredWorld>
{
    private GatewayWorld World => metered.World;

    [Theory]
    [InlineData("http_server_request_duration_seconds_count")]
    [InlineData("http_server_active_requests")]
    [InlineData("http_client_request_duration_seconds_count")]
    [InlineData("kestrel_active_connections")]
    [InlineData("kestrel_tls_handshake_duration_seconds_count")]
    [InlineData("db_client_connection_count")]
    [InlineData("dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("dotnet_process_cpu_time_seconds_total")]
    [InlineData("corpsecure_decisions_total")]
    [InlineData("corpsecure_decision_duration_seconds_bucket")]
    [InlineData("corpsecure_commit_duration_seconds_bucket")]
    [InlineData("corpsecure_commit_batch_size_bucket")]
    [InlineData("corpsecure_commit_queue_depth")]
    [InlineData("corpsecure_commit_queue_capacity")]
    [InlineData("corpsecure_commit_in_doubt")]
    [InlineData("corpsecure_ledger_available")]
    [InlineData("corpsecure_registry_age_seconds")]
    [InlineData("corpsecure_refusals_aggregated_total")]
    [InlineData("corpsecure_rejected_bytes_total")]
    [InlineData("corpsecure_certificate_expiry_seconds")]
    [InlineData("corpsecure_certificate_stale")]
    public async Task It_is_measured(string name)
    {
        await TrafficAsync();
        var scrape = await Scrape.OfAsync(World);
        scrape.Names.ShouldContain(name, string.Join('\n', scrape.Names));
    }

    [Fact]
    public async Task A_decision_is_counted_by_verdict_and_reason()
    {
        var before = await Scrape.OfAsync(World);
        await World.SendAsync(ARequest.PaymentBy(World, "anna", "anna-1"));
        await World.ShouldRefuseAsync(ARequest.Get(World, "/corporate/v1/accounts/acc-huaxin-001").By("anna"), 404, "account.not-found");
        await World.SendAsync(ARequest.Get(World, "/corporate/v1/payees"));
        var after = await Scrape.OfAsync(World);

        Grown("corpsecure_decisions_total", "verdict=\"allow\"", "listener=\"api\"").ShouldBe(1);
        Grown("corpsecure_decisions_total", "verdict=\"deny\"", "reason=\"account.not-found\"").ShouldBe(1);
        Grown("corpsecure_decisions_total", "verdict=\"deny\"").ShouldBe(2);
        Grown("corpsecure_refusals_aggregated_total").ShouldBe(1);
        Grown("corpsecure_commit_duration_seconds_count").ShouldBe(2);
        Grown("corpsecure_decision_duration_seconds_count").ShouldBe(3);
        for (var tries = 0; Grown("http_server_request_duration_seconds_count", "corpsecure_route=\"payments.create\"", "http_response_status_code=\"201\"") < 1; tries++)
        {
            tries.ShouldBeLessThan(100); // the server measures once its answer is sent
            after = await Scrape.OfAsync(World);
        }

        double Grown(string name, params string[] labels) => after.Sum(name, labels) - before.Sum(name, labels);
    }

    [Fact]
    public async Task What_is_no_http_is_counted()
    {
        var before = await Scrape.OfAsync(World);
        await Wire.ExchangeAsync(World, "NONSENSE\r\n\r\n");
        (await Scrape.OfAsync(World)).Sum("corpsecure_rejected_bytes_total").ShouldBeGreaterThan(before.Sum("corpsecure_rejected_bytes_total"));
    }

    [Fact]
    public async Task Neither_paths_nor_people_become_labels()
    {
        await TrafficAsync();
        await World.SendAsync(new ARequest(World, new HttpMethod("PROPFIND"), "/corporate/v1/made-up-7f3a?q=made-up-7f3a").By("anna").With("User-Agent", "made-up-7f3a"));
        await World.SendAsync(new ARequest(World, new HttpMethod("MADEUP7F3A"), "/corporate/v1/accounts").By("anna"));
        var text = (await Scrape.OfAsync(World)).Text;
        foreach (var secret in new[] { "made-up", "MADEUP", "acc-acme", "acc-huaxin", "acme", "anna", "user-", "DE8937", "Bolt", "1250.00", "corpsecure_gateway:", "for-tests-only" })
            text.ShouldNotContain(secret);
        // Otherwise a pool would be called by its address and login, as those are that tests open in this process.
        foreach (var pool in new[] { "ledger", "registry" })
            text.ShouldContain($"pool_name=\"{pool}\"");
    }

    [Fact]
    public async Task The_number_of_series_does_not_grow_with_what_callers_make_up()
    {
        await TrafficAsync();
        for (var i = 0; i < 5; i++)
            await MakeUpAsync(i);
        var before = (await Scrape.OfAsync(World)).Samples.Count();
        for (var i = 5; i < 60; i++)
            await MakeUpAsync(i);
        (await Scrape.OfAsync(World)).Samples.Count().ShouldBeLessThanOrEqualTo(before + 5); // another exception type of the server's, at most

        Task<Answer> MakeUpAsync(int i) => World.SendAsync(
            new ARequest(World, new HttpMethod($"M{i}"), $"/corporate/v1/{i}?{i}={i}").By("anna").With($"X-{i}", $"{i}").With("User-Agent", $"{i}"));
    }

    private async Task TrafficAsync()
    {
        await World.SendAsync(ARequest.PaymentBy(World, "anna", "anna-1"));
        await World.SendAsync(ARequest.Get(World, "/corporate/v1/accounts/acc-acme-001").By("anna"));
        await World.SendAsync(ARequest.Get(World, "/corporate/v1/accounts/acc-acme-001"));
        await Wire.ExchangeAsync(World, "NONSENSE\r\n\r\n");
    }
}
