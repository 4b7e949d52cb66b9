using System.Text;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Bodies;

[Collection(GatewayCollection.Name)]
public sealed class BodyFramingTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const int Limit = 65536;

    [Fact]
    public async Task A_body_announced_too_large_is_refused_unread()
    {
        await using var wire = await Wire.OpenAsync(World);
        await wire.SendAsync(Wire.Head(Payment().Build()) + $"Content-Length: {Limit + 1}\r\n\r\n");
        await ShouldBeRefusedAsync(await wire.ReadAsync(), 413, "body.too-large");
    }

    [Fact]
    public Task A_body_that_grows_too_large_is_refused()
    {
        var request = Payment().WithBody(Encoding.UTF8.GetBytes(new string(' ', Limit + 1))).Build();
        request.Headers.TransferEncodingChunked = true;
        return World.ShouldRefuseAsync(request, 413, "body.too-large");
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        const string Order = """{"debtorAccount":"acc-acme-001","creditor":{"name":"Bolt & Sons","account":"DE89370400440532013000"},"amount":"1.00","currency":"EUR","reference":"L-1"}""";
        (await World.SendAsync(ARequest.PaymentBy(World, "anna", "anna-1", Order.PadRight(Limit)))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_body_in_chunks_is_read_and_forwarded_whole()
    {
        var request = Payment().Build();
        request.Headers.TransferEncodingChunked = true;
        (await World.SendAsync(request)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_not_waited_for()
    {
        await using var wire = await Wire.OpenAsync(World);
        await wire.SendAsync(Wire.Head(Payment().Build()) + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
        (await wire.ReadAsync()).Status.ShouldBe(100); // it is reading now
        await wire.SendAsync("1\r\n{\r\n");

        await World.PassAsync(TimeSpan.FromSeconds(30));

        await ShouldBeRefusedAsync(await wire.ReadAsync(), 400, "body.incomplete");
    }

    [Fact]
    public async Task A_body_cut_off_is_refused_on_the_record_even_for_a_user_never_seen_before()
    {
        await World.RegisterAsync("insert into registry.users (realm, subject, person, client, status, roles) values ('corporate', 'u-new', 'p-new', 'acme', 'active', '{maker}')");
        await World.RegisterAsync($"insert into registry.keys (key_id, client, subject, algorithm, public_key_pem, state) select 'new-1', 'acme', 'u-new', algorithm, public_key_pem, 'active' from registry.keys where key_id = 'anna-1'");
        var claims = People.Claims(World, "new");
        await using var wire = await Wire.OpenAsync(World);
        World.Keys["new-1"] = CorpSecure.Protocol.Signatures.SigningKey.FromPem("new-1", World.Keys["anna-1"].ExportPrivatePem());
        var request = ARequest.PaymentBy(World, "new", "new-1").WithToken(World.Corporate.Token(claims)).Build();
        await wire.SendAsync(Wire.Head(request) + "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n");
        (await wire.ReadAsync()).Status.ShouldBe(100);
        await wire.SendAsync("{");

        wire.Abort();

        await World.UntilAsync("select count(*) > 0 from ledger.entries where payload ->> 'subject' = 'u-new' and payload -> 'reasons' ->> 0 = 'body.incomplete'");
        (await World.QueryAsync<long>("select count(*) from ledger.entries where payload ->> 'subject' = 'u-new'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}garbage\r\n0\r\n\r\n")]
    public async Task Chunks_that_are_none_are_refused(string chunks)
    {
        var answer = await Wire.ExchangeAsync(World, Wire.Head(Payment().Build()) + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
        await ShouldBeRefusedAsync(answer, 400, "body.incomplete");
    }

    [Fact]
    public async Task Trailers_after_the_body_are_refused()
    {
        var request = Payment().Build();
        var body = await request.Content!.ReadAsStringAsync();
        var answer = await Wire.ExchangeAsync(World, Wire.Head(request) + $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\nX-Extra: 1\r\n\r\n");
        await ShouldBeRefusedAsync(answer, 400, "header.forbidden");
    }

    [Fact]
    public Task An_empty_body_is_missing() => World.ShouldRefuseAsync(Payment().WithBody([]), 400, "body.missing");

    [Fact]
    public Task An_empty_body_in_chunks_is_missing()
    {
        var request = Payment().WithBody([]).Build();
        request.Headers.TransferEncodingChunked = true;
        return World.ShouldRefuseAsync(request, 400, "body.missing");
    }

    [Fact]
    public Task A_read_takes_no_body() =>
        World.ShouldRefuseAsync(ARequest.Get(World, "/corporate/v1/accounts").By("anna").WithJson("{}"), 400, "body.unexpected");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json;charset=\"utf-7\"")]
    [InlineData("json")]
    [InlineData("")]
    public Task Another_content_type_is_refused(string type)
    {
        var request = Payment();
        request.ContentType = type;
        if (type.Length == 0)
            request.Components = [];
        return World.ShouldRefuseAsync(request, 415, "body.content-type");
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=UTF-8")]
    public async Task The_content_type_may_name_the_one_charset(string type)
    {
        var request = Payment();
        request.ContentType = type;
        (await World.SendAsync(request)).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public Task An_encoded_body_is_refused(string encoding)
    {
        var request = Payment().Build();
        request.Content!.Headers.ContentEncoding.Add(encoding);
        return World.ShouldRefuseAsync(request, 415, "body.encoded");
    }

    private ARequest Payment() => ARequest.PaymentBy(World, "anna", "anna-1");

    private async Task ShouldBeRefusedAsync(WireAnswer answer, int status, string reason)
    {
        (answer.Status, answer.Code).ShouldBe((status, reason));
        (await World.EntriesAsync(answer.DecisionId)).ShouldHaveSingleItem().Reasons[0].ShouldBe(reason);
        World.CoreCalls(answer.DecisionId).ShouldBe(0);
    }
}
