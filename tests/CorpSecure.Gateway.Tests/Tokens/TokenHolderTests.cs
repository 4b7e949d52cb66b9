using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using CorpSecure.Gateway.Tests.World;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Tests.Tokens;

/// <summary>Whose token it is: door, binding, revocation, standing.</summary>
[Collection(GatewayCollection.Name)]
public sealed class TokenHolderTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Accounts = "/corporate/v1/accounts";
    private readonly Surroundings surroundings = surroundings;

    [Fact]
    public Task A_staff_token_opens_nothing_at_the_api() => World.ShouldRefuseAsync(ARequest.Get(World, Accounts).By("rita"), 401, "token.invalid");

    [Fact]
    public async Task A_corporate_token_opens_nothing_at_the_ops_api()
    {
        await World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Get, "/ops/v1/decisions") { Origin = World.Ops }.By("anna"), 401, "token.invalid");
        var request = ARequest.Get(World, Accounts).By("anna");
        (await World.SendAsync(request)).Status.ShouldBe(200); // cached for the API now
        await World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Get, "/ops/v1/decisions") { Origin = World.Ops }.WithToken(request.Build().Headers.Authorization!.Parameter!), 401, "token.invalid");
    }

    [Fact]
    public async Task A_bound_token_is_good_only_with_its_certificate()
    {
        var other = await surroundings.Authority.IssueAsync("someone-else", LeafUsage.Client, CancellationToken.None);
        using var right = World.Client(surroundings.ClientCertificate);
        using var wrong = World.Client(other);
        var request = ARequest.Get(World, Accounts).WithToken(Bound(new Dictionary<string, object> { ["x5t#S256"] = Thumbprint(surroundings.ClientCertificate) }));

        (await World.SendAsync(request.Build(), right)).Status.ShouldBe(200);
        await World.ShouldRefuseAsync(request.Build(), 401, "token.binding", wrong);
        await World.ShouldRefuseAsync(request.Build(), 401, "token.binding");
        (await World.SendAsync(request.Build(), right)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")]
    [InlineData("x5t#S256", "not base64url!")]
    [InlineData("x5t#S256", "")]
    [InlineData("kid", "some-key")]
    public Task A_token_bound_in_a_way_that_cannot_be_checked_is_refused(string method, string value) =>
        World.ShouldRefuseAsync(ARequest.Get(World, Accounts).WithToken(Bound(new Dictionary<string, object> { [method] = value })), 401, "token.binding");

    [Fact]
    public async Task A_token_bound_twice_is_refused_even_with_the_certificate()
    {
        using var right = World.Client(surroundings.ClientCertificate);
        var token = Bound(new Dictionary<string, object> { ["x5t#S256"] = Thumbprint(surroundings.ClientCertificate), ["jkt"] = "x" });
        await World.ShouldRefuseAsync(ARequest.Get(World, Accounts).WithToken(token).Build(), 401, "token.binding", right);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_although_cached()
    {
        var claims = People.Claims(World, "anna");
        var request = ARequest.Get(World, Accounts).WithToken(World.Corporate.Token(claims));
        (await World.SendAsync(request)).Status.ShouldBe(200);

        await World.RegisterAsync($"select registry.revoke('corporate', 'token', '{claims["jti"]}', now() + interval '1 day')");

        await World.ShouldRefuseAsync(request, 401, "token.revoked");
    }

    [Fact]
    public async Task Tokens_from_before_the_day_of_reckoning_are_refused_later_ones_not()
    {
        var before = ARequest.Get(World, Accounts).By("carla");
        (await World.SendAsync(before)).Status.ShouldBe(200);
        await World.PassAsync(TimeSpan.FromSeconds(2));
        await World.AlignAsync();

        await World.RegisterAsync($"update registry.users set tokens_from = '{World.Clock.GetUtcNow():O}' where subject = 'u-carla'");

        await World.ShouldRefuseAsync(before, 401, "token.revoked");
        (await World.SendAsync(ARequest.Get(World, Accounts).By("carla"))).Status.ShouldBe(200);
        await World.RegisterAsync("update registry.users set tokens_from = null where subject = 'u-carla'");
    }

    [Fact]
    public Task A_suspended_user_may_do_nothing() => World.ShouldRefuseAsync(ARequest.Get(World, Accounts).By("gone"), 403, "subject.suspended");

    [Fact]
    public async Task Users_of_a_suspended_client_may_do_nothing()
    {
        await World.RegisterAsync("update registry.clients set status = 'suspended' where id = 'huaxin'");
        await World.ShouldRefuseAsync(ARequest.Get(World, Accounts).By("li"), 403, "client.suspended");
        await World.RegisterAsync("update registry.clients set status = 'active' where id = 'huaxin'");
        (await World.SendAsync(ARequest.Get(World, Accounts).By("li"))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("person", "p-carla")]
    [InlineData("client", "huaxin")]
    [InlineData("sub", "u-nobody")]
    [InlineData("sub", "s-rita")]
    public Task A_token_that_tells_another_story_than_the_registry_is_of_nobody(string claim, string value)
    {
        var claims = People.Claims(World, "anna");
        claims[claim] = value;
        return World.ShouldRefuseAsync(ARequest.Get(World, Accounts).WithToken(World.Corporate.Token(claims)), 403, "subject.unknown");
    }

    private string Bound(Dictionary<string, object> confirmation)
    {
        var claims = People.Claims(World, "anna");
        claims["cnf"] = confirmation;
        return World.Corporate.Token(claims);
    }

    private static string Thumbprint(PemFiles files)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(files.CertificateFile);
        return Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));
    }
}
