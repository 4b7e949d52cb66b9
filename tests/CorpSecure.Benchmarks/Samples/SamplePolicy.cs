using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Policies;

namespace CorpSecure.Benchmarks.Samples;

/// <summary>The policy the gateway ships with.</summary>
internal static class SamplePolicy
{
    public static DecisionPoint DecisionPoint() =>
        new(PolicyLoader.Load(Path.Combine(AppContext.BaseDirectory, "policy.json")).Policy);
}
