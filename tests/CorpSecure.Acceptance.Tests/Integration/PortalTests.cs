using CorpSecure.Acceptance.Tests.BlackBox;
using CorpSecure.Acceptance.Tests.Targets;

namespace CorpSecure.Acceptance.Tests.Integration;

/// <summary>OpenID clients that exist today, unmodified: each signs a user in and makes a payment.</summary>
public sealed class PortalTests(Target target, NodeExamples examples) : BlackBoxTests(target), IClassFixture<NodeExamples>
{
    [Theory]
    [InlineData("portal.mjs", "li.wei", "acc-huaxin-006")]
    [InlineData("portal-low-level.mjs", "erik.lund", "acc-nordwind-004")]
    public async Task A_portal_signs_in_with_a_pushed_request_and_dpop_and_pays(string example, string username, string account)
    {
        var told = await examples.RunAsync(example, NodeExamples.PortalOf(Target, username, account));

        told["token_type"].ShouldBe("dpop");
        told["accounts"].ShouldBe("200");
        told["payment"].ShouldBe("201");
        var decision = Guid.Parse(told["decision"]);
        (await Target.Witnesses.DecisionAsync(decision)).Verdict.ShouldBe("Allow");
        (await Target.Witnesses.CoreCallsAsync(decision)).ShouldHaveSingleItem().GetProperty("accepted").GetBoolean().ShouldBeTrue();
    }
}
