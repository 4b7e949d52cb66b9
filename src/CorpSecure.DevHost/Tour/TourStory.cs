using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Postgres;

namespace CorpSecure.DevHost.Tour;

/// <summary>The story, scene by scene.</summary>
internal sealed class TourStory(RunningSystem system, TourClient client, TourPause pause, TourThief thief, TourStepUp stepUp)
{
    private const int Burst = 2000;
    private const string Accounts = "/corporate/v1/accounts";

    private readonly DemoAddresses addresses = system.Demo.Addresses;

    /// <param name="weak">Signed in by password only.</param>
    /// <param name="strong">Signed in by password and code.</param>
    public IEnumerable<TourScene> Scenes(TourPerson weak, TourPerson strong, CancellationToken cancellation)
    {
        Task<TourAnswer> Send(TourRequest request) => client.SendAsync(request, cancellation);
        async Task<TourAnswer> Read(string address, TourPerson? person) =>
            await Send(await client.ReadAsync(address, person is null ? null : await person.CallerAsync(cancellation), cancellation));
        async Task<TourRequest> Payment(string? key = "anna-1") => await client.PaymentAsync(await strong.CallerAsync(cancellation), key, cancellation);
        TourRequest? signed = null;

        yield return new("read without a token", Expected.Refused(401, "token.missing"), () => Read(addresses.Gateway + Accounts, null));
        yield return new("read after a password only", Expected.Challenged("acr.insufficient"), () => Read(addresses.Gateway + Accounts, weak));
        yield return new("read after password and code", Expected.Forwarded(200), () => Read(addresses.Gateway + Accounts, strong));
        yield return new("payment without a signature", Expected.Refused(401, "signature.missing"), async () => await Send(await Payment(null)));
        yield return new("payment, signed", Expected.Forwarded(201), async () => await Send(signed = await Payment()));
        yield return new("the same request again", Expected.Refused(401, "dpop.replayed", "dpop.invalid"), () => Send(signed!));
        yield return new("one byte changed after signing", Expected.Refused(400, "digest.mismatch"), async () => await Send(WithOneByteChanged(await Payment())));
        yield return new("signed with a revoked key", Expected.Refused(401, "signature.key-revoked"), async () => await Send(await Payment("anna-revoked")));
        yield return new("another client's account", Expected.Refused(404, "account.not-found"), () => Read(addresses.Gateway + "/corporate/v1/accounts/acc-huaxin-001", strong));
        yield return new("a route the policy does not name", Expected.Refused(404, "route.unknown"), () => Read(addresses.Gateway + "/corporate/v1/cards", strong));
        yield return new("a corporate token on the ops port", Expected.Refused(401, "token.invalid"), () => Read(addresses.Ops + "/ops/v1/decisions", strong));
        foreach (var scene in thief.Scenes(strong, cancellation).Concat(stepUp.Scenes(cancellation)))
            yield return scene;
        if (system.Cluster is { } cluster)
        {
            yield return new("payment while the database is stopped", new(503, null, "audit.unavailable", false), async () =>
            {
                var payment = await Payment();
                return await WithoutDatabaseAsync(cluster, () => Send(payment), cancellation);
            });
            yield return new("payment once it is back", Expected.Forwarded(201), async () =>
            {
                await pause.UntilReadyAsync(cancellation);
                return await Send(await Payment());
            });
        }

        // Last, for the address has to wait afterwards.
        yield return new("a burst from one address", Expected.Refused(429, "limit.address"), () => BurstAsync(() => Read(addresses.Gateway + Accounts, null)));
    }

    private static TourRequest WithOneByteChanged(TourRequest request)
    {
        var body = request.Body ?? throw new ArgumentException("a request without a body", nameof(request));
        body[body.AsSpan().IndexOf("12.50"u8)] = (byte)'9';
        return request;
    }

    private static async Task<TourAnswer> WithoutDatabaseAsync(PostgresCluster cluster, Func<Task<TourAnswer>> send, CancellationToken cancellation)
    {
        await cluster.StopAsync(StopMode.Fast, cancellation);
        try
        {
            return await send();
        }
        finally
        {
            await cluster.StartAsync(cancellation);
        }
    }

    private static async Task<TourAnswer> BurstAsync(Func<Task<TourAnswer>> send)
    {
        var answer = await send();
        for (var i = 0; i < Burst && answer.Status != 429; i++)
            answer = await send();
        return answer;
    }
}
