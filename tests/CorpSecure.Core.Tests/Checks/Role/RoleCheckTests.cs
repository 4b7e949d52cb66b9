using CorpSecure.Core.Checks.Role;

namespace CorpSecure.Core.Tests.Checks.Role;

public sealed class RoleCheckTests
{
    private readonly RoleCheck check = new();

    [Fact]
    public void One_of_the_routes_roles_is_enough() => check.ShouldAllow(ARequest().WithSubject(subject => subject with { Roles = ["viewer"] }));

    [Theory]
    [InlineData]
    [InlineData("viewer")]
    [InlineData("Maker")]
    [InlineData("maker ")]
    public void Another_role_is_not(params string[] roles) =>
        check.ShouldDeny(APayment().WithSubject(subject => subject with { Roles = roles }), Reasons.RoleMissing);

    [Fact]
    public void A_user_the_registry_was_not_asked_about_has_no_role() =>
        check.Examine(ARequest() with { Subject = null }).ShouldBe(Finding.Deny(Reasons.RoleMissing));

    [Fact]
    public void A_route_without_roles_is_nobodys()
    {
        var policy = SamplePolicy.Of([SamplePolicy.List with { Roles = [] }], []);
        check.Examine(ARequest(), policy).ShouldBe(Finding.Deny(Reasons.RoleMissing));
    }
}
