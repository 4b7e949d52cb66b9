using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Gateway.Tests.Decisions;

/// <summary>Someone who was refused before anyone knew who it was.</summary>
internal static class AStranger
{
    public static readonly Decision Refused = new(Verdict.Deny, Reasons.TokenMissing, [Reasons.TokenMissing], Stage.Token, "any");

    public static Facts From(string address)
    {
        var at = TimeProvider.System.GetUtcNow();
        return new Facts
        {
            DecisionId = Guid.CreateVersion7(at),
            At = at,
            Listener = Listener.Api,
            Request = new RequestFacts { Method = "GET", Target = "/", Address = address },
        };
    }
}
