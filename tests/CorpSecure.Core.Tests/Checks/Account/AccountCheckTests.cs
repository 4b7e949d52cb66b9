using CorpSecure.Core.Checks.Account;

namespace CorpSecure.Core.Tests.Checks.Account;

public sealed class AccountCheckTests
{
    private readonly AccountCheck inPath = new(Stage.Entitlement);
    private readonly AccountCheck inBody = new(Stage.Body);

    [Fact]
    public void A_granted_account_is_let_through()
    {
        inPath.ShouldAllow(ARequest().To(SamplePolicy.Show));
        inBody.ShouldAllow(APayment());
    }

    [Fact]
    public void A_route_without_accounts_is_let_through() => inPath.ShouldAllow(ARequest());

    [Fact]
    public void A_foreign_account_in_the_path_does_not_exist() =>
        inPath.ShouldDeny(ARequest().To(SamplePolicy.Show) with { Accounts = [new AccountFacts("path", "acc-nordwind-001", "view", false)] }, Reasons.AccountNotFound);

    [Fact]
    public void A_foreign_account_in_the_body_does_not_exist() =>
        inBody.ShouldDeny(APayment() with { Accounts = [new AccountFacts("/debtorAccount", "acc-nordwind-001", "pay", false)] }, Reasons.AccountNotFound);

    [Fact]
    public void One_foreign_account_among_granted_ones_is_enough()
    {
        var payment = APayment();
        inBody.ShouldDeny(
            payment with { Accounts = [.. payment.Accounts, new AccountFacts("/feeAccount", "acc-nordwind-001", "pay", false)] }, Reasons.AccountNotFound);
    }

    [Fact]
    public void An_account_the_route_asks_for_and_nobody_looked_up_is_not_granted()
    {
        inPath.ShouldDeny(ARequest().To(SamplePolicy.Show) with { Accounts = [] }, Reasons.AccountNotFound);
        inBody.ShouldDeny(APayment() with { Accounts = [] }, Reasons.AccountNotFound);
    }

    [Fact]
    public void A_permission_to_view_is_none_to_pay() =>
        inBody.ShouldDeny(APayment() with { Accounts = [new AccountFacts("/debtorAccount", "acc-acme-001", "view", true)] }, Reasons.AccountNotFound);

    [Fact]
    public void Accounts_of_the_body_are_not_missed_before_it_is_read() => inPath.ShouldAllow(APayment() with { Accounts = [], Body = null });
}
