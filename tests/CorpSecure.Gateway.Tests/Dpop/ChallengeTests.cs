using System.Text.Json;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Gateway.Tests.Dpop;

/// <summary>What a 401 asks for, and the document it points to.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ChallengeTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private const string Payees = "/corporate/v1/payees";
    private const string Document = "/.well-known/oauth-protected-resource";

    private string Metadata => $"resource_metadata=\"{World.Api}{Document}\"";

    [Fact]
    public async Task Who_sends_nothing_is_told_the_scheme_and_where_to_read_on()
    {
        var answer = await World.ShouldRefuseAsync(ARequest.Get(World, Payees), 401, "token.missing");
        Challenges(answer).ShouldBe([$"DPoP realm=\"corpsecure\", algs=\"ES256 PS256 EdDSA\", {Metadata}"]);
    }

    [Fact]
    public async Task A_bound_token_as_a_bearers_is_refused_in_its_scheme_beside_the_one_that_it_needs()
    {
        var request = ARequest.Get(World, Payees).By("anna");
        request.Scheme = "Bearer";
        var answer = await World.ShouldRefuseAsync(request, 401, "token.binding");
        Challenges(answer).ShouldBe(
        [
            $"Bearer realm=\"corpsecure\", error=\"invalid_token\", {Metadata}",
            $"DPoP realm=\"corpsecure\", algs=\"ES256 PS256 EdDSA\", {Metadata}",
        ]);
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public Task In_whatever_case(string scheme)
    {
        var request = ARequest.Get(World, Payees).By("anna");
        request.Scheme = scheme;
        return World.ShouldRefuseAsync(request, 401, "token.binding");
    }

    [Fact]
    public async Task The_scheme_of_proofs_is_known_in_any_case()
    {
        var request = ARequest.Get(World, Payees).By("anna");
        request.Scheme = "dpop";
        (await World.SendAsync(request)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_token_that_is_bound_to_nobody_is_refused()
    {
        var claims = People.Claims(World, "anna");
        claims.Remove("cnf");
        foreach (var scheme in new[] { "Bearer", "DPoP" })
        {
            var request = ARequest.Get(World, Payees).WithToken(World.Corporate.Token(claims));
            request.Scheme = scheme;
            request.ProofKey = scheme == "DPoP" ? ProofKeys.Of("anna") : null;
            await World.ShouldRefuseAsync(request, 401, "token.unbound");
        }
    }

    [Fact]
    public async Task A_token_bound_to_a_certificate_is_no_token_for_proofs()
    {
        using var with = World.Client(World.Surroundings.ClientCertificate);
        var request = ARequest.Get(World, Payees).WithToken(People.CertificateToken(World, "anna"));
        (await World.SendAsync(request.Build(), with)).Status.ShouldBe(200);
        request.Scheme = "DPoP";
        request.ProofKey = ProofKeys.Of("anna");
        var answer = await World.ShouldRefuseAsync(request.Build(), 401, "token.binding", with);
        Challenges(answer).Length.ShouldBe(2, "a caller with a certificate is told of the scheme that is theirs");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_step_up_stands_in_the_scheme_of_the_token(bool certificate)
    {
        using var with = World.Client(World.Surroundings.ClientCertificate);
        var claims = People.Claims(World, "anna", AcrValues.Password);
        if (certificate)
            claims["cnf"] = new Dictionary<string, object> { ["x5t#S256"] = People.Thumbprint(World.Surroundings.ClientCertificate) };
        var answer = await World.ShouldRefuseAsync(ARequest.Get(World, Payees).WithToken(World.Corporate.Token(claims)).Build(), 401, "acr.insufficient", with);
        Challenges(answer).ShouldHaveSingleItem().ShouldBe(
            $"{(certificate ? "Bearer realm=\"corpsecure\"" : "DPoP realm=\"corpsecure\", algs=\"ES256 PS256 EdDSA\"")}, error=\"insufficient_user_authentication\", "
            + $"acr_values=\"{AcrValues.MultiFactor} {AcrValues.Client}\", max_age=\"43200\", {Metadata}");
    }

    [Fact]
    public async Task At_the_ops_door_no_document_is_named()
    {
        var answer = await World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Get, "/ops/v1/decisions") { Origin = World.Ops }, 401, "token.missing");
        Challenges(answer).ShouldBe(["DPoP realm=\"corpsecure\", algs=\"ES256 PS256 EdDSA\""]);
    }

    [Fact]
    public async Task Anybody_may_read_the_document_and_reads_are_counted_not_recorded_one_by_one()
    {
        var before = World.LastCoreCall();
        var ids = new HashSet<Guid>();
        for (var i = 0; i < 20; i++)
        {
            var answer = await World.SendAsync(i % 2 == 0 ? ARequest.Get(World, Document) : ARequest.Get(World, Document).WithToken("rubbish"));
            answer.Status.ShouldBe(200);
            ids.Add(answer.DecisionId);
            var document = answer.Body!.Value;
            document.GetProperty("resource").GetString().ShouldBe(World.Api);
            document.GetProperty("authorization_servers").EnumerateArray().Select(server => server.GetString()).ShouldBe([World.Corporate.Issuer]);
            document.GetProperty("bearer_methods_supported").EnumerateArray().Select(method => method.GetString()).ShouldBe(["header"]);
            document.GetProperty("dpop_signing_alg_values_supported").EnumerateArray().Select(name => name.GetString()).ShouldBe(["ES256", "PS256", "EdDSA"]);
            document.GetProperty("dpop_bound_access_tokens_required").ValueKind.ShouldBe(JsonValueKind.False);
            document.GetProperty("tls_client_certificate_bound_access_tokens").ValueKind.ShouldBe(JsonValueKind.True);
        }

        World.LastCoreCall().ShouldBe(before);
        var counted = 0L;
        foreach (var id in ids)
        {
            var entry = (await World.EntriesAsync(id)).ShouldHaveSingleItem();
            (entry.Kind, entry.Text("verdict"), entry.Text("route")).ShouldBe(((short)3, "Allow", "oauth-protected-resource"));
            counted += entry.Payload.GetProperty("count").GetInt64();
        }

        counted.ShouldBe(20);
        ids.Count.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task Only_as_a_get_at_the_apis_door_and_by_its_one_name()
    {
        await World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Post, Document), 405, "method.unknown");
        await World.ShouldRefuseAsync(ARequest.Get(World, Document + "/x"), 404, "route.unknown");
        await World.ShouldRefuseAsync(ARequest.Get(World, "/.well-known/openid-configuration"), 404, "route.unknown");
        await World.ShouldRefuseAsync(new ARequest(World, HttpMethod.Get, Document) { Origin = World.Ops }, 404, "route.unknown");
        await World.ShouldRefuseAsync(ARequest.Get(World, "/.well-known//oauth-protected-resource"), 400, "target.not-canonical");
    }

    private static string[] Challenges(Answer answer) => [.. answer.Message.Headers.NonValidated["WWW-Authenticate"]];
}
