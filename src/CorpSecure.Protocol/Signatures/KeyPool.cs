namespace CorpSecure.Protocol.Signatures;

/// <summary>
/// A few opened instances of one key. The platform does not promise that an instance may be used by two threads at once, and
/// opening one costs about as much as using it; so each use borrows one, and what exceeds the pool is disposed.
/// </summary>
internal sealed class KeyPool(Func<IDisposable> open) : IDisposable
{
    private readonly IDisposable?[] _idle = new IDisposable?[Environment.ProcessorCount * 2];
    private volatile bool _closed;

    public Lease Borrow()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        for (var i = 0; i < _idle.Length; i++)
            if (Volatile.Read(ref _idle[i]) is not null && Interlocked.Exchange(ref _idle[i], null) is { } key)
                return new(this, key);
        return new(this, open());
    }

    public void Dispose()
    {
        _closed = true;
        for (var i = 0; i < _idle.Length; i++)
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
    }

    private void Return(IDisposable key)
    {
        for (var i = 0; i < _idle.Length && !_closed; i++)
            if (Interlocked.CompareExchange(ref _idle[i], key, null) is null)
                return;
        key.Dispose();
    }

    internal readonly ref struct Lease(KeyPool pool, IDisposable key)
    {
        public IDisposable Key => key;

        public void Dispose() => pool.Return(key);
    }
}
