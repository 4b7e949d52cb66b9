namespace CoreBank.Simulator.Control;

/// <summary>What is to go wrong. A document put to <c>/control/knobs</c> replaces all of it; absent members are at rest.</summary>
/// <param name="Latency">Waited before each call.</param>
/// <param name="ErrorRate">The share of calls, spread evenly by count, that is answered with <paramref name="ErrorStatus"/> and has no effect.</param>
/// <param name="ErrorStatus">The status of such answers.</param>
/// <param name="ResetNext">How many calls from now take effect and are then reset instead of answered.</param>
/// <param name="ResetBefore">How many calls from now are reset and have no effect.</param>
/// <param name="HangNext">How many calls from now take effect and are then never answered.</param>
/// <param name="HangBefore">How many calls from now have no effect and are never answered.</param>
public sealed record Knobs(
    TimeSpan Latency = default, double ErrorRate = 0, int ErrorStatus = 503,
    int ResetNext = 0, int ResetBefore = 0, int HangNext = 0, int HangBefore = 0)
{
    private static readonly TimeSpan s_longestLatency = TimeSpan.FromMinutes(1);

    public string? Fault() => this switch
    {
        { Latency: var latency } when latency < TimeSpan.Zero || latency > s_longestLatency => "latency is from 00:00:00 to 00:01:00",
        { ErrorRate: not (>= 0 and <= 1) } => "errorRate is from 0 to 1",
        { ErrorStatus: < 400 or > 599 } => "errorStatus is from 400 to 599",
        { ResetNext: < 0 } or { ResetBefore: < 0 } or { HangNext: < 0 } or { HangBefore: < 0 } => "counts are not negative",
        _ => null,
    };
}
