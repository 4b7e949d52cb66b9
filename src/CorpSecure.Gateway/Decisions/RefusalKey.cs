using System.Net;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.RateLimits;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Refusals that agree in it within one second are one entry: a stranger's by address, those of someone known by user, whatever the address.</summary>
/// <param name="Client">Empty for a stranger.</param>
/// <param name="Subject">Empty for a stranger.</param>
/// <param name="Limit">The rate limit that had no room, if it was one.</param>
/// <param name="Route">The public route, where one was allowed.</param>
public readonly record struct RefusalKey(Listener Listener, Reason Reason, AddressKey Address, string Client, string Subject, string? Limit, string? Route = null)
{
    /// <summary>Takes all that exceeds the keys of one second.</summary>
    public static readonly RefusalKey Overflow = new(Listener.Api, Reasons.RefusalsOverflow, default, "", "", null);

    public bool IsAllowed => Reason == Reasons.Allowed;

    public bool IsKnown => Subject.Length > 0;

    public static RefusalKey Of(Facts facts, Decision decision) => facts.Token is { Fault: null } token
        ? new(facts.Listener, decision.Reason, default, token.Client, token.Subject, facts.Exceeded?.Limit)
        : new(
            facts.Listener, decision.Reason, AddressOf(facts), "", "", facts.Exceeded?.Limit, decision.Verdict == Verdict.Allow ? facts.Request.Route : null);

    public static AddressKey AddressOf(Facts facts) => AddressKey.Of(IPAddress.Parse(facts.Request.Address));
}
