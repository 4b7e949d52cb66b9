using System.Threading.Channels;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Tour;

namespace CorpSecure.Acceptance.Tests.Kills;

/// <summary>Clients that never stop: signed payments and reads, from several connections, over every restart.</summary>
internal sealed class PaymentLoad(DemoDocument demo, TourPerson person, int clients) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<int> answers = Channel.CreateUnbounded<int>();
    private readonly TourNonces nonces = new(TimeProvider.System);
    private Task[] running = [];

    public int Forwarded { get; private set; }

    public void Start() => running = [.. Enumerable.Range(0, clients).Select(number => Task.Run(() => RunAsync(number)))];

    /// <summary>Completes when so many requests have been answered by the core since the last call.</summary>
    public async Task AwaitAnswersAsync(int count)
    {
        for (var seen = 0; seen < count;)
        {
            if (await answers.Reader.ReadAsync() is 200 or 201)
                seen++;
        }

        while (answers.Reader.TryRead(out _))
        {
            // What was answered meanwhile belongs to the past.
        }

        Forwarded += count;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(running);
        stop.Dispose();
    }

    private async Task RunAsync(int number)
    {
        using var client = new TourClient(demo, nonces, TimeProvider.System);
        for (var i = number; !stop.IsCancellationRequested; i++)
        {
            try
            {
                var caller = await person.CallerAsync(stop.Token);
                var request = i % 3 == 0
                    ? await client.ReadAsync(demo.Addresses.Gateway + "/corporate/v1/accounts/acc-acme-001", caller, stop.Token)
                    : await client.PaymentAsync(caller, "anna-1", stop.Token);
                answers.Writer.TryWrite((await client.SendAsync(request, stop.Token)).Status);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                await Task.Yield(); // the gateway has just been killed; that is the point
            }
        }
    }
}
