using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.Client.Ops;
using CorpSecure.Client.Ops.Decisions;

namespace CorpSecure.Acceptance.Tests.BlackBox;

public sealed class OpsTests(Target target) : BlackBoxTests(target)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    private OpsClient Ops => Target.Witnesses.Ops;

    [Fact]
    public async Task Staff_find_a_refusal_by_its_reason_and_see_what_it_rested_on()
    {
        var refused = await SendAsync(await PaymentAsync(key: null));
        await RefusedAsync(refused, 401, "signature.missing");

        var page = await Ops.ListAsync(new DecisionQuery { Reason = "signature.missing", Client = "acme", Limit = 10 });
        page.Decisions.ShouldContain(decision => decision.Id == refused.DecisionId);
        page.Decisions.ShouldAllBe(decision => decision.Reasons.Contains("signature.missing"));

        var shown = await Ops.ShowAsync(refused.DecisionId);
        shown.Entries.ShouldNotBeEmpty();
        shown.Facts.GetRawText().ShouldNotContain(Target.People.Anna.Username);
    }

    [Fact]
    public async Task Staff_follow_decisions_as_they_are_made()
    {
        var cursor = (await Ops.FeedAsync(after: null, Wait)).Cursor;
        var made = await SendAsync(await PaymentAsync());

        var seen = await Eventually.ValueAsync(
            async () =>
            {
                var feed = await Ops.FeedAsync(cursor, Wait);
                cursor = feed.Cursor;
                return feed.Decisions.FirstOrDefault(decision => decision.Id == made.DecisionId);
            },
            "the feed tells of the payment");

        seen.Route.ShouldBe("payments.create");
    }

    [Fact]
    public async Task An_unknown_decision_is_not_found() =>
        (await Should.ThrowAsync<OpsException>(() => Ops.ShowAsync(Guid.CreateVersion7()))).Problem.Status.ShouldBe(404);
}
