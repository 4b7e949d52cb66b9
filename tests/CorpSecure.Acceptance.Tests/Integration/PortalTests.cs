using CorpSecure.Acceptance.Tests.BlackBox;
using CorpSecure.Acceptance.Tests.Targets;

namespace CorpSecure.Acceptance.Tests.Integration;

/// <summary>OpenID clients that exist today, unmodified: each signs a user in and makes a payment.</summary>
public sealed class PortalTests(Target target, NodeExamples examples) : BlackBoxTests(target), IClassFixture<NodeExamples>
{
    [Fact]
    public async Task A_portal_by_openid_client_shows_the_payment_signs_in_pays_renews_and_signs_out()
    {
        const string details = """
            [{"type":"payment_initiation","debtorAccount":"acc-huaxin-006","creditor":{"name":"Nordlicht Logistik GmbH","account":"DE89370400440532013000"},"amount":"1250.00","currency":"EUR","reference":"INV-1042"}]
            """;
        var told = await PaysAsync("portal.mjs", "li.wei", "acc-huaxin-006", ("AUTHORIZATION_DETAILS", details));
        NodeExamples.ShouldBeGranted(told, details);
        told["renewed"].ShouldBe("dpop");
        told.ShouldContainKey("signed_out");
    }

    [Fact]
    public Task A_portal_by_oauth4webapi_signs_in_and_pays() => PaysAsync("portal-low-level.mjs", "erik.lund", "acc-nordwind-004");

    private async Task<IReadOnlyDictionary<string, string>> PaysAsync(string example, string username, string account, params (string Name, string Value)[] more)
    {
        var settings = NodeExamples.PortalOf(Target, username, account);
        foreach (var (name, value) in more)
            settings[name] = value;
        var told = await examples.RunAsync(example, settings);

        told["token_type"].ShouldBe("dpop");
        told["accounts"].ShouldBe("200");
        told["payment"].ShouldBe("201");
        var decision = Guid.Parse(told["decision"]);
        (await Target.Witnesses.DecisionAsync(decision)).Verdict.ShouldBe("Allow");
        (await Target.Witnesses.CoreCallsAsync(decision)).ShouldHaveSingleItem().GetProperty("accepted").GetBoolean().ShouldBeTrue();
        return told;
    }
}
