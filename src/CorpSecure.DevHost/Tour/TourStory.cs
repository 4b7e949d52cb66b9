using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Hosting;
using CorpSecure.DevHost.Postgres;

namespace CorpSecure.DevHost.Tour;

/// <summary>The story, scene by scene.</summary>
internal sealed class TourStory(RunningSystem system, TourClient client, TourPause pause)
{
    private const int Burst = 2000;

    private readonly DemoAddresses addresses = system.Demo.Addresses;

    /// <param name="weak">A token of a sign-in by password only.</param>
    /// <param name="strong">A token of a sign-in by password and code.</param>
    public IEnumerable<TourScene> Scenes(string weak, string strong, CancellationToken cancellation)
    {
        Task<TourAnswer> Send(TourRequest request) => client.SendAsync(request, cancellation);
        TourRequest Get(string origin, string target, string? token) => new(HttpMethod.Get, origin + target, token);
        Task<TourAnswer> Read(string target, string? token) => Send(Get(addresses.Gateway, target, token));
        var signed = client.Payment(strong, "anna-1");

        yield return new("read without a token", Expected.Refused(401, "token.missing"), () => Read("/corporate/v1/accounts", null));
        yield return new("read after a password only", new(401, "StepUp", "acr.insufficient", false), () => Read("/corporate/v1/accounts", weak));
        yield return new("read after password and code", Expected.Forwarded(200), () => Read("/corporate/v1/accounts", strong));
        yield return new("payment without a signature", Expected.Refused(401, "signature.missing"), () => Send(client.Payment(strong, null)));
        yield return new("payment, signed", Expected.Forwarded(201), () => Send(signed));
        yield return new("the same request again", Expected.Refused(401, "signature.nonce-replayed"), () => Send(signed));
        yield return new("one byte changed after signing", Expected.Refused(400, "digest.mismatch"), () => Send(WithOneByteChanged(client.Payment(strong, "anna-1"))));
        yield return new("signed with a revoked key", Expected.Refused(401, "signature.key-revoked"), () => Send(client.Payment(strong, "anna-revoked")));
        yield return new("another client's account", Expected.Refused(404, "account.not-found"), () => Read("/corporate/v1/accounts/acc-huaxin-001", strong));
        yield return new("a route the policy does not name", Expected.Refused(404, "route.unknown"), () => Read("/corporate/v1/cards", strong));
        yield return new("a corporate token on the ops port", Expected.Refused(401, "token.invalid"), () => Send(Get(addresses.Ops, "/ops/v1/decisions", strong)));
        if (system.Cluster is { } cluster)
        {
            yield return new("payment while the database is stopped", new(503, null, "audit.unavailable", false), () => WithoutDatabaseAsync(cluster, () => Send(client.Payment(strong, "anna-1")), cancellation));
            yield return new("payment once it is back", Expected.Forwarded(201), async () =>
            {
                await pause.UntilReadyAsync(cancellation);
                return await Send(client.Payment(strong, "anna-1"));
            });
        }

        // Last, for the address has to wait afterwards.
        yield return new("a burst from one address", Expected.Refused(429, "limit.address"), () => BurstAsync(() => Read("/corporate/v1/accounts", null)));
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
