using CorpSecure.Core.Policies;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Core.Tests.Builders;

/// <summary>A small policy that has one route of each kind.</summary>
internal static class SamplePolicy
{
    public static readonly RoutePolicy List = ARoute("accounts.list", "/corporate/v1/accounts");

    public static readonly RoutePolicy Show = ARoute("accounts.show", "/corporate/v1/accounts/{account}") with
    {
        Accounts = [new AccountReference("account", null, "view")],
    };

    public static readonly RoutePolicy Pay = ARoute("payments.create", "/corporate/v1/payments", "POST") with
    {
        Roles = ["maker"],
        Acr = [AcrValues.MultiFactor],
        MaximumAge = TimeSpan.FromMinutes(30),
        Signed = true,
        IdempotencyKey = true,
        Body = new BodyPolicy(65536, ["application/json"]),
        Accounts = [new AccountReference(null, "/debtorAccount", "pay")],
    };

    public static readonly RoutePolicy Enrol = ARoute("keys.enrol", "/gateway/v1/keys", "POST") with
    {
        Acr = [AcrValues.MultiFactor],
        Enrolment = true,
        Body = new BodyPolicy(8192, ["application/json"]),
    };

    public static readonly RoutePolicy Decisions = ARoute("decisions.list", "/ops/v1/decisions") with { Roles = ["auditor"] };

    public static readonly Policy Standard = Of([List, Show, Pay, Enrol], [Decisions]);

    public static Policy Of(RoutePolicy[] api, RoutePolicy[] ops) => new(
        "test-1",
        [.. new byte[32]],
        new SignatureRules(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10), TimeSpan.FromHours(12)),
        new RouteTable([.. api]),
        new RouteTable([.. ops]));

    public static RoutePolicy ARoute(string name, string path, params string[] methods) => new()
    {
        Name = name,
        Methods = methods is [] ? ["GET"] : [.. methods],
        Path = PathTemplate.TryParse(path) ?? throw new ArgumentException(path),
        Roles = ["viewer", "maker"],
        Acr = [AcrValues.MultiFactor, AcrValues.Client],
        MaximumAge = TimeSpan.FromHours(12),
    };
}
