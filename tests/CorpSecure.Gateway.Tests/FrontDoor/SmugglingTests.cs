using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>The known families: two ends of a connection that see two ends of a message. The request inside must never reach the core.</summary>
[Collection(GatewayCollection.Name)]
public sealed class SmugglingTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    public static TheoryData<string, string> Families => new()
    {
        { "CL.TE", "Content-Length: {L}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{X}" },
        { "TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n{H}\r\n{X}\r\n0\r\n\r\n" },
        { "TE.TE, second unknown", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n{X}" },
        { "TE.TE, first unknown", "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{X}" },
        { "TE.TE, tab in the name", "Content-Length: {L}\r\nTransfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n{X}" },
        { "TE.TE, vertical tab in the value", "Content-Length: {L}\r\nTransfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n{X}" },
        { "TE.TE, folded", "Content-Length: {L}\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n{X}" },
        { "TE.TE, after a lone line feed", "Content-Length: {L}\r\nX: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{X}" },
        { "TE.TE, after a lone carriage return", "Content-Length: {L}\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{X}" },
        { "TE.TE, null in the value", "Content-Length: {L}\r\nTransfer-Encoding: chunked\0\r\n\r\n0\r\n\r\n{X}" },
        { "TE.0", "Transfer-Encoding: chunked\r\n\r\n{H};a\r\n{X}\r\n0\r\n\r\n" },
        { "CL.0", "Content-Length: 0\r\nContent-Length: {L}\r\n\r\n{X}" },
        { "0.CL", "Content-Length\v: {L}\r\n\r\n{X}" },
        { "CL.CL", "Content-Length: {L}\r\nContent-Length: 0\r\n\r\n{X}" },
        { "CL.CL in a list", "Content-Length: 0, {L}\r\n\r\n{X}" },
        { "CL with a sign", "Content-Length: +{L}\r\n\r\n{X}" },
        { "CL minus nothing", "Content-Length: -0\r\n\r\n{X}" },
        { "TERM.EXT", "Transfer-Encoding: chunked\r\n\r\n2;\nxx\r\n{H}\r\n{X}\r\n0\r\n\r\n" },
        { "EXT.TERM", "Transfer-Encoding: chunked\r\n\r\n2;\n\r\nxx\r\n0\r\n\r\n{X}" },
        { "TERM.SPILL", "Transfer-Encoding: chunked\r\n\r\n5\r\nAAAAAXX2\r\n45\r\n0\r\n\r\n{X}" },
        { "SPILL.TERM", "Transfer-Encoding: chunked\r\n\r\n5\r\nAAAAA\n2\r\n45\r\n0\r\n\r\n{X}" },
        { "ONE.TWO", "Transfer-Encoding: chunked\r\n\r\n2\r\nxx\r\n0\r\n\n{X}" },
        { "ZERO.TWO", "Transfer-Encoding: chunked\r\n\r\n2\r\nxx0\r\n\r\n{X}" },
        { "TWO.ZERO, no end of the chunk", "Transfer-Encoding: chunked\r\n\r\n{H}\r\n{X}0\r\n\r\n" },
        { "size overflow", "Transfer-Encoding: chunked\r\n\r\n100000000\r\n{X}\r\n0\r\n\r\n" },
        { "trailer that reframes", "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: {L}\r\n\r\n{X}" },
        { "lone line feeds end the head", "Content-Length: {L}\n\n{X}" },
        { "lone line feed in the last line", "Content-Length: 0\r\n\n{X}" },
        { "connection header", "Connection: Content-Length\r\nContent-Length: {L}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{X}" },
        { "expect", "Expect: 100-continue\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n{X}" },
        { "obfuscated expect", "Expect: y 100-continue\r\nContent-Length: {L}\r\n\r\n{X}" },
        { "upgrade", "Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: {L}\r\n\r\n{X}" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public async Task A_request_inside_a_body_stays_there(string family, string framing)
    {
        var before = World.LastCoreCall();
        await using var wire = await Wire.OpenAsync(World);
        await wire.SendAsync($"{Payment()}{Fill(framing)}{Good}");
        var statuses = (await wire.ReadToEndAsync()).Select(answer => answer.Status).ToArray();
        statuses.ShouldHaveSingleItem(family).ShouldBeInRange(400, 499, family);
        World.LastCoreCall().ShouldBe(before, family);
    }

    /// <summary>The body is what the length says, whatever it looks like: it is one refusal, and the request after it is another.</summary>
    [Fact]
    public async Task A_whole_request_as_a_body_is_a_body()
    {
        var before = World.LastCoreCall();
        await using var wire = await Wire.OpenAsync(World);
        await wire.SendAsync($"{Payment()}Content-Length: {Good.Length}\r\n\r\n{Good}");
        (await wire.ReadAsync()).Code.ShouldBe("digest.mismatch");
        World.LastCoreCall().ShouldBe(before);
    }

    private string Fill(string framing) => framing.Replace("{X}", Good, StringComparison.Ordinal)
        .Replace("{L}", $"{Good.Length}", StringComparison.Ordinal).Replace("{H}", $"{Good.Length:x}", StringComparison.Ordinal);
}
