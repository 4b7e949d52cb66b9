using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks;

/// <summary>One rule. It always answers: <see cref="Finding.Allow"/> when it has no objection.</summary>
public interface ICheck
{
    Stage Stage { get; }

    Finding Examine(Facts facts, Policy policy);
}
