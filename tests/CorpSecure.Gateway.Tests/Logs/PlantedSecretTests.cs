namespace CorpSecure.Gateway.Tests.Logs;

public sealed class PlantedSecretTests
{
    private static readonly Dictionary<string, string> Secrets = new[] { "for-tests-only", "203.0.113.77", "Bolt & Sons", "p-anna" }.ToDictionary(secret => secret);

    /// <summary>A scan that finds nothing in a line full of them would find nothing anywhere.</summary>
    [Theory]
    [InlineData("for-tests-only")]
    [InlineData("203.0.113.77")]
    [InlineData("Bolt & Sons")]
    [InlineData("Bolt \\u0026 Sons")]
    [InlineData("P-ANNA")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("Host=db;Password=x")]
    [InlineData("DE89370400440532013000")]
    [InlineData("/corporate/v1/accounts/acc-acme-001")]
    [InlineData("/corporate/v1/payees?cursor=x")]
    [InlineData("sig1=:MEUCIQDXlI2gN3RNBlgFiuRNFpZXcDIaUpX6CIEwcZEc0cZYLAIga9DsVOMM:")]
    [InlineData("{\\\"amount\\\":\\\"7\\\"}")]
    [InlineData("Bearer abcdefghijkl")]
    public void A_planted_secret_is_found(string planted) =>
        new LogScan(Secrets).Findings([$$"""{"@t":"2026-11-24T00:00:00Z","@mt":"x","Value":"{{planted}}"}"""]).ShouldNotBeEmpty();

    [Fact]
    public void A_line_without_one_passes() => new LogScan(Secrets).Findings(
        ["""{"@t":"2026-11-24T00:00:00Z","@mt":"Decision {DecisionId}: {Verdict}, {Reason}, route {Route}","DecisionId":"01890a5d-ac96-774b-bcce-b302099a8057","Reason":"account.not-found","Route":"accounts.show"}"""]).ShouldBeEmpty();
}
