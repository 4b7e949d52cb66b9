using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>RFC 9112 section 7.1, without extensions and trailers.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ChunkTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    /// <summary>{0} is the size, {1} the body.</summary>
    [Theory]
    [InlineData("{0};a=b\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0};\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0} ;a\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0};a=\"b\r\n\"\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0};a\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0};\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0};a\rb\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0;a\r\n\r\n")]
    [InlineData("{0}\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0}\r{1}\r\n0\r\n\r\n")]
    [InlineData("{0}\r\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0}\r\n{1}\n0\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r0\r\n\r\n")]
    [InlineData("{0}\r\n{1}0\r\n\r\n")]
    [InlineData("{0}\r\n{1}XX0\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\n\n")]
    [InlineData("{0}\r\n{1}\r\n0\n\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\n\r")]
    [InlineData("{0}\r\n{1}\r\n0\r\n")]
    [InlineData("0x{0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("+{0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("-{0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData(" {0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0} \r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0}\t\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0}_0\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("0000000{0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("80000000\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFF\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("100000000{0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("10000000000000000{0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("\r\n{0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("xyz\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n-0\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nX-Late: 1\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nX-Late: 1\n\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nAuthorization: Bearer x\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nSignature: a=:AA==:\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nHost: bank.example\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nno trailer\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\n X: folded\r\n\r\n")]
    [InlineData("{0}\r\n{1}\r\n0\r\nX : y\r\n\r\n")]
    public Task Chunks_that_are_none_end_the_connection(string chunks) => ShouldTurnAwayAsync($"{Payment()}Transfer-Encoding: chunked\r\n\r\n{Of(chunks)}");

    [Theory]
    [InlineData("{0}\r\n{1}\r\n0\r\n\r\n")]
    [InlineData("000000{0}\r\n{1}\r\n00000000\r\n\r\n")]
    public Task Chunks_are_read(string chunks) => ShouldLetInAsync($"{Payment()}Transfer-Encoding: chunked\r\n\r\n{Of(chunks)}", 201);

    [Fact]
    public Task A_chunk_for_every_byte_is_read() =>
        ShouldLetInAsync($"{Payment()}Transfer-Encoding: chunked\r\n\r\n{string.Concat(Order.Select(c => $"1\r\n{c}\r\n"))}0\r\n\r\n", 201);

    private static string Of(string chunks) => chunks.Replace("{0}", Order.Length.ToString("X2", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{1}", Order, StringComparison.Ordinal);
}
