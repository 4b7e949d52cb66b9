namespace CoreBank.Simulator.Assertions;

/// <summary>
/// Remembers the assertions that were accepted, so that none is accepted twice. An entry is kept from its arrival until the
/// latest moment at which a copy of it could still be in time; memory is bounded by the rate of calls times that span.
/// </summary>
public sealed class SpentAssertions(TimeProvider time, TimeSpan keep)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _spent = [];
    private readonly Queue<(Guid Id, DateTimeOffset ForgetAt)> _order = new();

    public int Count
    {
        get
        {
            lock (_gate)
                return _spent.Count;
        }
    }

    /// <summary>True the first time, false ever after.</summary>
    public bool TrySpend(Guid id)
    {
        lock (_gate)
        {
            // The clock is read under the lock, so that the queue stays in the order of its times.
            var now = time.GetUtcNow();
            while (_order.TryPeek(out var oldest) && oldest.ForgetAt <= now)
            {
                _order.Dequeue();
                _spent.Remove(oldest.Id);
            }
            if (!_spent.Add(id))
                return false;
            _order.Enqueue((id, now + keep));
            return true;
        }
    }
}
