using CorpSecure.Core.Policies;

namespace CorpSecure.Gateway.RateLimits;

/// <summary>All that a limit may count by. What is not known yet is empty.</summary>
public readonly record struct RateSubject(AddressKey Address, string Client, string User, string Operation, string Route)
{
    /// <summary>The part that a limit counts by; two requests that agree in it share its permits.</summary>
    public RateSubject Only(RateScope per) => new(
        per.HasFlag(RateScope.Address) ? Address : default,
        per.HasFlag(RateScope.Client) ? Client : "",
        per.HasFlag(RateScope.User) ? User : "",
        per.HasFlag(RateScope.Operation) ? Operation : "",
        per.HasFlag(RateScope.Route) ? Route : "");
}
