using CorpSecure.Client.Trust;
using CorpSecure.DevHost.Demo;

namespace CorpSecure.DevHost.Tour;

/// <summary>Waits until the gateway itself says that it is ready again.</summary>
internal sealed class TourPause(DemoDocument demo, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="TimeoutException">It did not become ready.</exception>
    public async Task UntilReadyAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient(GatewayTransport.Create(demo.CaFile));
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Patience)
        {
            if (await IsReadyAsync(http, cancellation))
                return;
            await Task.Delay(Pause, time, cancellation);
        }

        throw new TimeoutException($"The gateway was not ready within {Patience.TotalSeconds:0} s.");
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(demo.Addresses.Ops + "/health/ready", cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}
