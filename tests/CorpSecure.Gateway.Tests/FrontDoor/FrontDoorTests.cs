using System.Globalization;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>What is sent here has more than one reading, or none. A request with one reading follows on the same connection.</summary>
public abstract class FrontDoorTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    protected const string Order = """{"debtorAccount":"acc-acme-001","creditor":{"name":"Bolt & Sons","account":"DE89370400440532013000"},"amount":"1.00","currency":"EUR","reference":"L-1"}""";

    /// <summary>A request that would be forwarded.</summary>
    protected string Good => $"GET /corporate/v1/payees HTTP/1.1\r\n{World.Headers()}\r\n";

    /// <summary>A signed payment, ready for its framing, <see cref="Order"/> and the end of its head.</summary>
    protected string Payment(string version = "HTTP/1.1") =>
        Wire.Head(ARequest.PaymentBy(World, "anna", "anna-1", Order).Build()).Replace("HTTP/1.1", version, StringComparison.Ordinal);

    /// <summary>The body in one chunk, without the last one.</summary>
    protected static string Chunk { get; } = string.Create(CultureInfo.InvariantCulture, $"{Order.Length:x}\r\n{Order}\r\n");

    /// <summary>One refusal, then the end of the connection; neither the message nor what follows it reaches the core.</summary>
    protected async Task ShouldTurnAwayAsync(string message, params int[] statuses)
    {
        var before = World.LastCoreCall();
        await using var wire = await Wire.OpenAsync(World);
        await wire.TrySendAsync(message + Good);
        (await wire.ReadToEndAsync()).Select(answer => answer.Status).ShouldHaveSingleItem().ShouldBeOneOf(statuses is [] ? [400] : statuses);
        World.LastCoreCall().ShouldBe(before);
    }

    /// <summary>Read in the one way there is: the message is forwarded, and what follows it as well.</summary>
    protected async Task ShouldLetInAsync(string message, int status)
    {
        await using var wire = await Wire.OpenAsync(World);
        await wire.SendAsync(message + Good);
        (await wire.ReadAsync()).Status.ShouldBe(status);
        (await wire.ReadAsync()).Status.ShouldBe(200);
    }
}
