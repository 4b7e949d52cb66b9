namespace CorpSecure.Gateway.Tests.World;

public static class RawExtensions
{
    /// <summary>Headers of a request that would be good.</summary>
    public static string Headers(this GatewayWorld world) => $"Host: localhost:{world.ApiPort}\r\nAuthorization: Bearer {People.CertificateToken(world, "anna")}\r\n";

    /// <summary>Refused with a problem that is on the record; the core was not called.</summary>
    public static async Task<WireAnswer> ShouldRefuseRawAsync(this GatewayWorld world, string head, int status, string reason, string body = "")
    {
        var before = world.LastCoreCall();
        var answer = await Wire.ExchangeAsync(world, $"{head}\r\n{body}");
        (answer.Status, answer.Code).ShouldBe((status, CorpSecure.Core.Decisions.Reasons.Of(reason).Told));
        answer.Headers["Content-Type"].ShouldBe(["application/problem+json"]);
        answer.Body!.Value.GetProperty("decisionId").GetGuid().ShouldBe(answer.DecisionId);
        answer.Body.Value.GetProperty("retryable").ValueKind.ShouldBeOneOf(System.Text.Json.JsonValueKind.True, System.Text.Json.JsonValueKind.False);
        answer.Body.Value.GetRawText().ShouldNotContain("   at ");
        (await world.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem().Reasons[0].ShouldBe(reason);
        world.LastCoreCall().ShouldBe(before);
        return answer;
    }

    /// <summary>Refused by the server before anything of ours sees it.</summary>
    public static async Task ShouldRefuseBareAsync(this GatewayWorld world, string head)
    {
        var before = world.LastCoreCall();
        var answer = await Wire.ExchangeAsync(world, head + "\r\n");
        answer.Status.ShouldBeInRange(400, 499);
        world.LastCoreCall().ShouldBe(before);
    }
}
