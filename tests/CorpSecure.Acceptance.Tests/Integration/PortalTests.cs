using CorpSecure.Acceptance.Tests.BlackBox;
using CorpSecure.Acceptance.Tests.Targets;

namespace CorpSecure.Acceptance.Tests.Integration;

/// <summary>OpenID clients that exist today, unmodified: each signs a user in and makes a payment.</summary>
public sealed class PortalTests(Target target, NodeExamples examples) : BlackBoxTests(target), IClassFixture<NodeExamples>
{
    [Fact]
    public async Task A_portal_by_openid_client_signs_in_pays_renews_and_signs_out()
    {
        var told = await PaysAsync("portal.mjs", "li.wei", "acc-huaxin-006");
        told["renewed"].ShouldBe("dpop");
        told.ShouldContainKey("signed_out");
    }

    [Fact]
    public Task A_portal_by_oauth4webapi_signs_in_and_pays() => PaysAsync("portal-low-level.mjs", "erik.lund", "acc-nordwind-004");

    private async Task<IReadOnlyDictionary<string, string>> PaysAsync(string example, string username, string account)
    {
        var told = await examples.RunAsync(example, NodeExamples.PortalOf(Target, username, account));

        told["token_type"].ShouldBe("dpop");
        told["accounts"].ShouldBe("200");
        told["payment"].ShouldBe("201");
        var decision = Guid.Parse(told["decision"]);
        (await Target.Witnesses.DecisionAsync(decision)).Verdict.ShouldBe("Allow");
        (await Target.Witnesses.CoreCallsAsync(decision)).ShouldHaveSingleItem().GetProperty("accepted").GetBoolean().ShouldBeTrue();
        return told;
    }
}
