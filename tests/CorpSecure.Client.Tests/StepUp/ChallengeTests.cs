using System.Net;
using CorpSecure.Client.StepUp;

namespace CorpSecure.Client.Tests.StepUp;

public sealed class ChallengeTests
{
    [Fact]
    public void Challenges_and_their_parameters_are_told_apart_by_the_grammar()
    {
        var all = AuthenticationChallenge.Read("Negotiate, Basic YWxhZGRpbg==, DPoP algs=\"ES256 PS256\", error = use_dpop_nonce ,, bearer realm=\"a \\\"quoted\\\", comma\"");

        all.Select(each => each.Scheme).ShouldBe(["Negotiate", "Basic", "DPoP", "bearer"]);
        all[2]["algs"].ShouldBe("ES256 PS256");
        all[2]["ERROR"].ShouldBe("use_dpop_nonce");
        all[3].Is("Bearer").ShouldBeTrue();
        all[3]["realm"].ShouldBe("a \"quoted\", comma");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ,")]
    [InlineData("DPoP error=\"a\", error=\"a\"")]
    [InlineData("DPoP error=\"a\", ERROR=\"b\"")]
    [InlineData("DPoP error=\"no end")]
    [InlineData("DPoP error=\"ends in an escape\\")]
    [InlineData("DPoP error=\"control\u0001\"")]
    [InlineData("DPoP error=")]
    [InlineData("DPoP error=\"a\" acr_values=\"b\"")]
    [InlineData("DPoP\terror=\"a\"")]
    [InlineData("DPoP =\"a\"")]
    [InlineData("error=\"a\"")]
    [InlineData("DPoP error=\"a\"b")]
    [InlineData("DPoP error=\"a\"; acr_values=\"b\"")]
    [InlineData("\"DPoP\" error=\"a\"")]
    public void What_is_not_of_the_grammar_holds_no_challenge(string field) =>
        AuthenticationChallenge.Read(field).Where(each => each.Parameters.Count > 0).ShouldBeEmpty();

    [Fact]
    public void An_endless_field_is_not_read() =>
        AuthenticationChallenge.Read("DPoP error=\"" + new string('a', 20_000) + "\"").ShouldBeEmpty();

    [Fact]
    public void A_step_up_tells_what_is_wanted()
    {
        var wanted = Of("DPoP error=\"insufficient_user_authentication\", acr_values=\"urn:a urn:b\", max_age=\"300\"")!;

        wanted.AcrValues.ShouldBe(["urn:a", "urn:b"]);
        wanted.MaximumAge.ShouldBe(TimeSpan.FromMinutes(5));
        wanted.ToString().ShouldBe("a sign-in with urn:a or urn:b, not longer ago than 300 s");
    }

    [Theory]
    [InlineData("DPoP algs=\"ES256\", Bearer error=\"insufficient_user_authentication\", max_age=0")]
    [InlineData("Bearer realm=x, DPoP error=insufficient_user_authentication")]
    public void It_may_stand_in_either_scheme_and_name_only_one_thing(string field) => Of(field).ShouldNotBeNull();

    [Theory]
    [InlineData("DPoP error=\"insufficient_scope\", acr_values=\"urn:a\"")]
    [InlineData("Basic error=\"insufficient_user_authentication\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", max_age=\"-1\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", max_age=\"+5\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", max_age=\"5.0\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", max_age=\"\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", max_age=\"99999999999\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", max_age=\"\u0665\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", acr_values=\"\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", acr_values=\"a  b\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", acr_values=\"a b c d e f g h i j k\"")]
    [InlineData("DPoP error=\"insufficient_user_authentication\", acr_values=\"a\\\"b\"")]
    public void Anything_else_is_no_step_up(string field) => Of(field).ShouldBeNull();

    [Fact]
    public void Only_a_401_is_one() =>
        Of("DPoP error=\"insufficient_user_authentication\"", HttpStatusCode.Forbidden).ShouldBeNull();

    private static StepUpChallenge? Of(string field, HttpStatusCode status = HttpStatusCode.Unauthorized)
    {
        using var response = new HttpResponseMessage(status);
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", field);
        return StepUpChallenge.Of(response);
    }
}
