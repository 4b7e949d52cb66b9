namespace CoreBank.Simulator.Control;

/// <summary>What goes wrong with one call.</summary>
public enum Mishap
{
    None = 0,
    Error,
    ResetBefore,
    HangBefore,
    ResetAfter,
    HangAfter,
}

/// <summary>Turns the knobs into what becomes of each call: by count and never by chance, so that a test can be repeated.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private Knobs _knobs = new();
    private long _counted;

    public Knobs Knobs
    {
        get
        {
            lock (_gate)
                return _knobs;
        }
        set
        {
            if (value.Fault() is { } fault)
                throw new ArgumentException(fault, nameof(value));
            lock (_gate)
                (_knobs, _counted) = (value, 0);
        }
    }

    /// <summary>Counts a call and says what becomes of it. Counted resets and hangs come before the error rate.</summary>
    public (TimeSpan Latency, Mishap Mishap, int ErrorStatus) Next()
    {
        lock (_gate)
        {
            var mishap = TakeCounted() ?? (IsNthError() ? Mishap.Error : Mishap.None);
            return (_knobs.Latency, mishap, _knobs.ErrorStatus);
        }
    }

    private Mishap? TakeCounted()
    {
        switch (_knobs)
        {
            case { ResetBefore: > 0 }:
                _knobs = _knobs with { ResetBefore = _knobs.ResetBefore - 1 };
                return Mishap.ResetBefore;
            case { HangBefore: > 0 }:
                _knobs = _knobs with { HangBefore = _knobs.HangBefore - 1 };
                return Mishap.HangBefore;
            case { ResetNext: > 0 }:
                _knobs = _knobs with { ResetNext = _knobs.ResetNext - 1 };
                return Mishap.ResetAfter;
            case { HangNext: > 0 }:
                _knobs = _knobs with { HangNext = _knobs.HangNext - 1 };
                return Mishap.HangAfter;
            default:
                return null;
        }
    }

    /// <summary>With a rate of 0.25 the fourth, eighth, ... call fails: whenever the expected number of errors passes a whole number.</summary>
    private bool IsNthError()
    {
        // Decimal, because four times the double nearest to 0.1 and its like do not always reach the whole number.
        var rate = (decimal)_knobs.ErrorRate;
        _counted++;
        return decimal.Floor(_counted * rate) > decimal.Floor((_counted - 1) * rate);
    }
}
