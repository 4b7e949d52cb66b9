using System.Text;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Digests;

namespace CorpSecure.Gateway.Tests.Signatures;

[Collection(GatewayCollection.Name)]
public sealed class DigestTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Order = """{"debtorAccount":"acc-acme-001","creditor":{"name":"Bolt & Sons","account":"DE89370400440532013000"},"amount":"2.00","currency":"EUR","reference":"D-1"}""";

    [Fact]
    public Task One_byte_changed_after_signing_is_noticed() =>
        World.ShouldRefuseAsync(Payment().ButSends(Order.Replace("2.00", "3.00", StringComparison.Ordinal)), 400, "digest.mismatch");

    [Fact]
    public Task A_digest_taken_away_leaves_the_signature_without_what_it_covers()
    {
        var request = Payment().Build();
        request.Content!.Headers.Remove("Content-Digest");
        return World.ShouldRefuseAsync(request, 401, "signature.component-missing");
    }

    [Theory]
    [InlineData("sha-256=abc", "digest.malformed")]
    [InlineData("sha-256=:AAAA:", "digest.malformed")]
    [InlineData("sha-256", "digest.malformed")]
    [InlineData("md5=:1B2M2Y8AsgTpgAmY7PhCfg==:", "digest.unsupported")]
    public Task A_digest_that_is_none_is_refused(string digest, string reason) => World.ShouldRefuseAsync(Payment(digest), 400, reason);

    [Fact]
    public Task A_second_digest_of_other_bytes_is_not_excused_by_the_first() =>
        World.ShouldRefuseAsync(Payment($"{ContentDigest.Sha256(Encoding.UTF8.GetBytes(Order))}, {ContentDigest.Sha512("{}"u8)}"), 400, "digest.mismatch");

    [Fact]
    public async Task The_longer_digest_is_accepted_too() =>
        (await World.SendAsync(Payment(ContentDigest.Sha512(Encoding.UTF8.GetBytes(Order))))).Status.ShouldBe(201);

    private ARequest Payment(string? digest = null)
    {
        var request = ARequest.PaymentBy(World, "anna", "anna-1", Order);
        request.Digest = digest;
        return request;
    }
}
