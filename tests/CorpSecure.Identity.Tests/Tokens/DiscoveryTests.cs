using System.Text.Json;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Tokens;

[Collection(IdentityCollection.Name)]
public sealed class DiscoveryTests(IdentityFixture fixture)
{
    [Fact]
    public async Task Both_addresses_tell_the_same_of_both_realms()
    {
        foreach (var server in new[] { fixture.Corporate, fixture.Staff })
        {
            using var http = server.NewClient();
            var connect = await http.GetStringAsync("/.well-known/openid-configuration");
            var oauth = await http.GetStringAsync("/.well-known/oauth-authorization-server");

            oauth.ShouldBe(connect);
            var document = JsonSerializer.Deserialize<JsonElement>(oauth);
            var issuer = server.Settings.Issuer.AbsoluteUri;
            Text(document, "issuer").ShouldBe(issuer);
            Text(document, "pushed_authorization_request_endpoint").ShouldEndWith("/connect/par");
            document.GetProperty("require_pushed_authorization_requests").GetBoolean().ShouldBeTrue();
            document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean().ShouldBeTrue();
            Texts(document, "dpop_signing_alg_values_supported").ShouldBe(["ES256", "PS256", "EdDSA"]);
            Texts(document, "authorization_details_types_supported").ShouldBe(["payment_initiation"]);
            Texts(document, "acr_values_supported").ShouldBe(["urn:corpsecure:acr:pwd", "urn:corpsecure:acr:mfa"]);
            Texts(document, "token_endpoint_auth_methods_supported").ShouldBe(["private_key_jwt"]);
            Texts(document, "token_endpoint_auth_signing_alg_values_supported").ShouldBe(["ES256", "PS256"]);
            Texts(document, "pushed_authorization_request_endpoint_auth_methods_supported").ShouldBe(["private_key_jwt"]);
            Texts(document, "code_challenge_methods_supported").ShouldBe(["S256"]);
            Texts(document, "response_types_supported").ShouldBe(["code"]);
            Texts(document, "response_modes_supported").ShouldBe(["query"]);
        }
    }

    private static string? Text(JsonElement document, string name) => document.GetProperty(name).GetString();

    private static string?[] Texts(JsonElement document, string name) => [.. document.GetProperty(name).EnumerateArray().Select(value => value.GetString())];
}
