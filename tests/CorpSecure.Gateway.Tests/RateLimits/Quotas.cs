using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Problems;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Gateway.Tests.RateLimits;

/// <summary>What an answer tells of limits, read as strictly as a client would.</summary>
internal static class Quotas
{
    /// <summary>What is left, by the limit's name.</summary>
    public static Dictionary<string, long> Remaining(this Answer answer) => Members(answer, HeaderNames.RateLimit).ToDictionary(item => item.Value.AsString, item => Parameter(item, "r"));

    public static Dictionary<string, long> Reset(this Answer answer) => Members(answer, HeaderNames.RateLimit)
        .Where(item => item.Parameters.TryGet("t", out _)).ToDictionary(item => item.Value.AsString, item => Parameter(item, "t"));

    /// <summary>Quotas, by the limit's name.</summary>
    public static Dictionary<string, long> Quota(this Answer answer) => Members(answer, HeaderNames.RateLimitPolicy).ToDictionary(item => item.Value.AsString, item => Parameter(item, "q"));

    /// <summary>Both fields stand once and name the same limits.</summary>
    public static void ShouldTell(this Answer answer, params string[] limits)
    {
        answer.Quota().Keys.ShouldBe(limits);
        answer.Remaining().Keys.ShouldBe(limits);
    }

    private static IEnumerable<FieldItem> Members(Answer answer, string name)
    {
        answer.Message.Headers.TryGetValues(name, out var lines).ShouldBeTrue($"{name} is not there");
        FieldParser.TryParseList(lines!.ShouldHaveSingleItem(), out var list, out _).ShouldBeTrue();
        return list!.Cast<FieldItem>();
    }

    private static long Parameter(FieldItem item, string name) => item.Parameters.TryGet(name, out var value) ? value.AsInteger : throw new KeyNotFoundException(name);
}
