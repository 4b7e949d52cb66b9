using CorpSecure.Core.Checks.Subject;

namespace CorpSecure.Core.Tests.Checks.Subject;

public sealed class SubjectCheckTests
{
    private readonly SubjectCheck check = new();

    [Fact]
    public void An_active_user_of_an_active_client_is_let_through() => check.ShouldAllow(ARequest());

    [Fact]
    public void A_user_the_registry_was_not_asked_about_is_refused() => check.ShouldDeny(ARequest() with { Subject = null }, Reasons.SubjectUnknown);

    [Fact]
    public void An_unregistered_user_is_refused() =>
        check.ShouldDeny(ARequest().WithSubject(subject => subject with { Known = false }), Reasons.SubjectUnknown);

    [Fact]
    public void A_suspended_user_is_refused() =>
        check.ShouldDeny(ARequest().WithSubject(subject => subject with { Active = false }), Reasons.SubjectSuspended);

    [Fact]
    public void A_user_of_a_suspended_client_is_refused() =>
        check.ShouldDeny(ARequest().WithSubject(subject => subject with { ClientActive = false }), Reasons.ClientSuspended);

    [Fact]
    public void An_old_answer_of_the_registry_is_not_relied_on_whatever_it_says()
    {
        check.ShouldDeny(ARequest().WithSubject(subject => subject with { Fresh = false }), Reasons.EntitlementsStale);
        check.ShouldDeny(ARequest() with { Subject = new SubjectFacts { Fresh = false } }, Reasons.EntitlementsStale);
    }
}
