using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>RFC 9112 sections 6.1 and 7: one <c>chunked</c>, and no length beside it.</summary>
[Collection(GatewayCollection.Name)]
public sealed class TransferCodingTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: 0\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\nContent-Length: 5")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding: chunkedx")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    [InlineData("Transfer-Encoding: gzip,\tchunked")]
    [InlineData("Transfer-Encoding: gzip chunked")]
    [InlineData("Transfer-Encoding: \"chunked\"")]
    [InlineData("Transfer-Encoding: chunked;q=1")]
    [InlineData("Transfer-Encoding: \vchunked")]
    [InlineData("Transfer-Encoding: chunked\v")]
    [InlineData("Transfer-Encoding: \0chunked")]
    [InlineData("Transfer-Encoding:")]
    [InlineData("Transfer-Encoding:\r\n chunked")]
    [InlineData("Transfer-Encoding:\n chunked")]
    [InlineData("Transfer-Encoding : chunked")]
    [InlineData("Transfer-Encoding\t: chunked")]
    [InlineData("Transfer-Encoding\v: chunked")]
    [InlineData(" Transfer-Encoding: chunked")]
    [InlineData("\vTransfer-Encoding: chunked")]
    [InlineData("X: y\nTransfer-Encoding: chunked")]
    [InlineData("X: y\rTransfer-Encoding: chunked")]
    [InlineData("X: y\r\r\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: 5\r\n\vTransfer-Encoding: chunked")]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nTransfer-Encoding: chunked")]
    public Task A_coding_that_is_none_or_more_than_one_framing_is_refused(string header) => ShouldTurnAwayAsync($"{Payment()}{header}\r\n\r\n{Chunk}0\r\n\r\n");

    [Theory]
    [InlineData("gzip, chunked")]
    [InlineData("chunked, chunked")]
    [InlineData("identity, chunked")]
    [InlineData("chunked,")]
    [InlineData(",chunked")]
    public Task A_coding_that_is_not_understood_is_not_implemented(string coding) =>
        ShouldTurnAwayAsync($"{Payment()}Transfer-Encoding: {coding}\r\n\r\n{Chunk}0\r\n\r\n", 501);

    [Theory]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("Connection: keep-alive\r\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    public Task The_older_version_has_no_codings(string header) => ShouldTurnAwayAsync($"{Payment("HTTP/1.0")}{header}\r\n\r\n{Chunk}0\r\n\r\n");

    [Theory]
    [InlineData("chunked")]
    [InlineData("CHUNKED")]
    [InlineData("\t chunked \t")]
    public Task One_chunked_is_read(string coding) => ShouldLetInAsync($"{Payment()}Transfer-Encoding:{coding}\r\n\r\n{Chunk}0\r\n\r\n", 201);

    [Fact]
    public Task Naming_the_coding_a_hop_header_does_not_hide_it() =>
        ShouldLetInAsync($"{Payment()}Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n\r\n{Chunk}0\r\n\r\n", 201);
}
