using System.Collections.Concurrent;

namespace CorpSecure.DevHost.Processes;

/// <summary>
/// Starts processes from one thread that lives as long as this process does. Linux sends the parent-death signal when
/// the *thread* that forked ends, and pool threads end whenever the pool thinks it has too many.
/// </summary>
internal static class SpawningThread
{
    private static readonly BlockingCollection<Action> Work = Begin();

    public static Task<T> RunAsync<T>(Func<T> spawn)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                done.SetResult(spawn());
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where the result is awaited.
            catch (Exception error)
            {
                done.SetException(error);
            }
#pragma warning restore CA1031
        });
        return done.Task;
    }

    private static BlockingCollection<Action> Begin()
    {
        var work = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var action in work.GetConsumingEnumerable())
                action();
        })
        {
            IsBackground = true,
            Name = "spawn",
        };
        thread.Start();
        return work;
    }
}
