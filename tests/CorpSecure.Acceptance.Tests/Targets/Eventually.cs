namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>Asks again until the answer is the wanted one; a running system owes it soon, not at once.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Task TrueAsync(Func<Task<bool>> ask, string what) => ValueAsync(async () => await ask() ? "yes" : null, what);

    public static async Task<T> ValueAsync<T>(Func<Task<T?>> ask, string what)
        where T : class
    {
        using var pace = new PeriodicTimer(Pause);
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Not within {Patience.TotalSeconds:0} s: {what}");
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
