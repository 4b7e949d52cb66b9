using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.FrontDoor;

/// <summary>RFC 9113 section 8: what makes a request malformed. Others on the server, and on the connection where it lives on, are served.</summary>
[Collection(GatewayCollection.Name)]
public sealed class Http2HeadTests(Surroundings surroundings) : FrontDoorTests(surroundings)
{
    private static readonly string[] Refusals = ["reset", "goaway", "400", "404", "405", "411", "415", "421", "431"];

    /// <summary>Name and value are divided by <c>=</c>; without a value the header is left out; <c>!</c> puts it last, else it replaces or goes before.</summary>
    public static TheoryData<string> Malformed =>
    [
        "+:method=GET", "+:path=/corporate/v1/payees", "+:path=/corporate/v1/accounts", "+:scheme=https", "+:authority={host}",
        "!:method=GET", "!:path=/corporate/v1/payees", "!:scheme=https", "!:authority={host}", "!:x=y", "!:status=200", "!:protocol=websocket",
        ":method", ":path", ":scheme", ":authority", ":method=", ":path=", ":scheme=",
        ":path=*", ":path=corporate/v1/payees", ":path=/corporate/v1/payees x", ":path=/corporate/v1/payees HTTP/1.1\r\nX: y",
        ":path=/corporate/v1/payees\r\nX: y", ":path=/corporate/v1/payees\0", ":path=/corporate/v1/payees#x", ":path=/corporate/v1/x/../payees",
        ":path=/corporate/v1/%70ayees", ":path=//corporate/v1/payees", ":path=https://{host}/corporate/v1/payees", ":path=/corporate/v1/p\u00e4yees", ":path=\\corporate",
        ":path=/corporate/v1/payees?x=\t", ":path= /corporate/v1/payees", ":path=?",
        ":authority=bank.example", ":authority=user@{host}", ":authority={host},{host}", ":authority={host}\r\nX: y", ":authority={host}/", ":authority= ",
        ":scheme=http", ":scheme=ftp", ":scheme=https\r\nx", ":scheme=HTTPS ",
        ":method=get", ":method=G T", ":method=GET /x HTTP/1.1\r\nX:", ":method=TRACE", ":method=CONNECT", ":method=G\0T", ":method=GET\t",
        ":method=OPTIONS",
        "!Accept=*/*", "!X-Upper=y", "!=x", "!x y=z", "!x\0=z", "!x\r\ny=z", "!x:y=z", "!x(y)=z", "!x\u00e4=z",
        "!x=a\r\nb: c", "!x=a\nb", "!x=a\rb", "!x=a\0b", "!x=a\u0001b", "!x=a\u007fb", "!user-agent=a\r\nx: y", "!x=\u00e4",
        "!connection=close", "!connection=keep-alive", "!keep-alive=timeout=5", "!proxy-connection=keep-alive", "!transfer-encoding=chunked",
        "!transfer-encoding=identity", "!upgrade=websocket", "!te=gzip", "!te=trailers, deflate",
        "!content-length=5", "!content-length=-1", "!content-length=x", "!content-length=0\r\n", "!content-length=1, 1",
        "!trailer=x", "!expect=x", "!x-http-method-override=DELETE", "!authorization=Bearer x", "!content-type=a\u0000b",
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_head_is_refused(string change)
    {
        var before = World.LastCoreCall();
        await using var other = await Http2Wire.OpenAsync(World);
        await using var wire = await Http2Wire.OpenAsync(World);
        await wire.SendAsync(Http2Wire.Frame(Http2Wire.Headers, Http2Wire.EndHeaders | Http2Wire.EndStream, 1, Http2Wire.Block(Changed(change))));
        (await wire.OutcomeAsync(1)).ShouldBeOneOf(Refusals);
        World.LastCoreCall().ShouldBe(before);
        await other.SendAsync(Http2Wire.Frame(Http2Wire.Headers, Http2Wire.EndHeaders | Http2Wire.EndStream, 1, Http2Wire.Block(Head())));
        (await other.OutcomeAsync(1)).ShouldBe("200");
    }

    [Theory]
    [InlineData("")]
    [InlineData("!te=trailers")]
    [InlineData("!accept=*/*")]
    public async Task A_head_with_one_reading_is_read(string change)
    {
        await using var wire = await Http2Wire.OpenAsync(World);
        await wire.SendAsync(Http2Wire.Frame(Http2Wire.Headers, Http2Wire.EndHeaders | Http2Wire.EndStream, 1, Http2Wire.Block(Changed(change))));
        (await wire.OutcomeAsync(1)).ShouldBe("200");
    }

    /// <summary>The server takes <c>:authority</c> for the host and drops <c>Host</c>: one reading, whatever that says.</summary>
    [Theory]
    [InlineData("!host=bank.example", "200")]
    [InlineData("!host=", "200")]
    [InlineData("!host={host}", "200")]
    public async Task A_host_beside_the_authority_changes_nothing(string change, string outcome)
    {
        await using var wire = await Http2Wire.OpenAsync(World);
        await wire.SendAsync(Http2Wire.Frame(Http2Wire.Headers, Http2Wire.EndHeaders | Http2Wire.EndStream, 1, Http2Wire.Block(Changed(change))));
        (await wire.OutcomeAsync(1)).ShouldBe(outcome);

        var foreign = Changed(":authority=bank.example").Append(("host", $"localhost:{World.ApiPort}"));
        await wire.SendAsync(Http2Wire.Frame(Http2Wire.Headers, Http2Wire.EndHeaders | Http2Wire.EndStream, 3, Http2Wire.Block(foreign)));
        (await wire.OutcomeAsync(3)).ShouldBe("421");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-100)]
    [InlineData(100_000)]
    public async Task A_length_that_is_not_that_of_the_data_is_refused(int difference)
    {
        var before = World.LastCoreCall();
        await using var wire = await Http2Wire.OpenAsync(World);
        await wire.SendAsync(PaymentFrames($"{Order.Length + difference}"));
        (await wire.OutcomeAsync(1)).ShouldBeOneOf([.. Refusals, "413"]);
        World.LastCoreCall().ShouldBe(before);
    }

    [Fact]
    public async Task A_length_that_is_that_of_the_data_is_read()
    {
        await using var wire = await Http2Wire.OpenAsync(World);
        await wire.SendAsync(PaymentFrames($"{Order.Length}"));
        (await wire.OutcomeAsync(1)).ShouldBe("201");
    }

    [Fact]
    public async Task Trailers_after_the_data_are_refused()
    {
        var before = World.LastCoreCall();
        await using var wire = await Http2Wire.OpenAsync(World);
        var frames = PaymentFrames($"{Order.Length}").ToArray();
        frames[1][4] = 0;
        await wire.SendAsync([.. frames, Http2Wire.Frame(Http2Wire.Headers, Http2Wire.EndHeaders | Http2Wire.EndStream, 1, Http2Wire.Block(("x-late", "1")))]);
        (await wire.OutcomeAsync(1)).ShouldBe("400");
        World.LastCoreCall().ShouldBe(before);
    }

    private IEnumerable<byte[]> PaymentFrames(string length)
    {
        var request = ARequest.PaymentBy(World, "anna", "anna-1", Order).Build();
        var headers = Head().Where(header => header.Name != "authorization").Select(header => header.Name switch
        {
            ":method" => (header.Name, "POST"),
            ":path" => (header.Name, "/corporate/v1/payments"),
            _ => header,
        }).Concat(request.Headers.Concat(request.Content!.Headers).Where(header => header.Key != "Content-Length")
            .Select(header => (header.Key.ToLowerInvariant(), string.Join(", ", header.Value)))).Append(("content-length", length));
        yield return Http2Wire.Frame(Http2Wire.Headers, Http2Wire.EndHeaders, 1, Http2Wire.Block(headers));
        yield return Http2Wire.Frame(Http2Wire.Data, Http2Wire.EndStream, 1, System.Text.Encoding.ASCII.GetBytes(Order));
    }

    private List<(string Name, string Value)> Head() =>
    [
        (":method", "GET"), (":scheme", "https"), (":authority", $"localhost:{World.ApiPort}"), (":path", "/corporate/v1/payees"),
        ("authorization", $"Bearer {People.CertificateToken(World, "anna")}"),
    ];

    private List<(string Name, string Value)> Changed(string change)
    {
        var head = Head();
        if (change.Length == 0)
            return head;
        var text = change.Replace("{host}", $"localhost:{World.ApiPort}", StringComparison.Ordinal);
        var place = text[0];
        var parts = (place is '+' or '!' ? text[1..] : text).Split('=', 2);
        if (place == '!')
            head.Add((parts[0], parts[1]));
        else if (place == '+')
            head.Insert(0, (parts[0], parts[1]));
        else
            head[head.FindIndex(header => header.Name == parts[0])] = (parts[0], parts.Length > 1 ? parts[1] : "");
        if (parts.Length == 1)
            head.RemoveAll(header => header.Name == parts[0]);
        return head;
    }
}
