using CorpSecure.Protocol.RateLimits;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Tests.RateLimits;

public sealed class RateLimitFieldsTests
{
    [Fact]
    public void A_policy_tells_quota_window_and_unit() =>
        RateLimitFields.Write([new QuotaPolicy("user", 100, 60), new QuotaPolicy("at-once", 8, Unit: QuotaPolicy.ConcurrentRequests)])
            .ShouldBe("""
                "user";q=100;w=60, "at-once";q=8;qu="concurrent-requests"
                """);

    [Fact]
    public void A_status_tells_what_is_left_and_when_it_is_whole_again() =>
        RateLimitFields.Write([new QuotaStatus("user", 50, 30), new QuotaStatus("at-once", 0)]).ShouldBe("\"user\";r=50;t=30, \"at-once\";r=0");

    [Fact]
    public void Nothing_applied_is_an_empty_list() => RateLimitFields.Write(ReadOnlySpan<QuotaStatus>.Empty).ShouldBe("");

    [Fact]
    public void Both_are_structured_fields_in_canonical_form()
    {
        foreach (var text in new[]
        {
            RateLimitFields.Write([new QuotaPolicy("a \"quoted\\ name", 999_999_999, 3600, "requests"), new QuotaPolicy("b", 1)]),
            RateLimitFields.Write([new QuotaStatus("a \"quoted\\ name", 0, 0), new QuotaStatus("b", 7, 12)]),
        })
        {
            FieldParser.TryParseList(text, out var list, out _).ShouldBeTrue();
            FieldWriter.Write(list!).ShouldBe(text);
        }
    }
}
