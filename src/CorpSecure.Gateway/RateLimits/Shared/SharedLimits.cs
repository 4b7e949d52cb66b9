using System.Buffers.Text;
using System.Diagnostics.Metrics;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Ledger.Sealing;
using StackExchange.Redis;

namespace CorpSecure.Gateway.RateLimits.Shared;

/// <summary>Asks the limits that all replicas keep together: one script for each request and stage, by the server's clock.</summary>
public sealed class SharedLimits(SharedLimitsSection section, SharedState state, BlindIndex index, TimeProvider clock) : BackgroundService
{
    /// <summary>What a replica that died has taken at once comes back after this; no request lasts as long.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ProofInterval = TimeSpan.FromSeconds(1);
    private static readonly string Script = ReadScript();

    private readonly Meter meter = new("CorpSecure.Gateway");
    private ConnectionMultiplexer? server;

    public double Share => section.Share;

    public bool IsAway => state.IsAway;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        meter.CreateObservableGauge("corpsecure_rate_limits_shared", () => state.IsAway ? 0 : 1, description: "1 while the limits are shared, 0 while each replica gives its share");
        server = await ConnectionMultiplexer.ConnectAsync(SharedConnection.Options(section));
        server.ConnectionFailed += (_, failure) => state.Lost(failure.FailureType.ToString());
        if (!server.IsConnected)
            state.Lost("it was not there at the start");
        await base.StartAsync(cancellationToken);
    }

    /// <returns>Null when there is no answer: then this replica's own share counts.</returns>
    public async ValueTask<SharedAnswer?> TakeAsync(Listener listener, RateLimitChain chain, RateSubject subject, Guid request)
    {
        if (state.IsAway)
            return null;
        var keys = Keys(listener, chain, subject);
        var asked = AskAsync(chain, keys, request);
        try
        {
            var answer = await asked.WaitAsync(section.Timeout, clock);
            state.Answered();
            return answer with { Keys = keys };
        }
        catch (TimeoutException)
        {
            state.WasLate();
            _ = UndoLateAsync(asked, chain, keys, request);
        }
        catch (RedisException error)
        {
            state.Lost(error.GetType().Name);
        }

        return null;
    }

    /// <summary>Ends what was taken only for as long as the request lasted.</summary>
    public void Release(RateLimitChain chain, RedisKey[] keys, Guid request)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (chain.Limits[i].Policy.Kind == RateKind.Concurrency)
                server!.GetDatabase().SortedSetRemove(keys[i], Id(request), CommandFlags.FireAndForget);
        }
    }

    public override void Dispose()
    {
        server?.Dispose();
        meter.Dispose();
        base.Dispose();
    }

    /// <summary>While the server is away it is asked every second, never by a request.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ProofInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!state.IsAway)
                continue;
            try
            {
                await server!.GetDatabase().PingAsync().WaitAsync(section.Timeout, clock, stoppingToken);
                state.Proved();
            }
            catch (Exception error) when (error is RedisException or TimeoutException)
            {
                state.Lost(error.GetType().Name);
            }
        }
    }

    private async Task<SharedAnswer> AskAsync(RateLimitChain chain, RedisKey[] keys, Guid request)
    {
        var values = new RedisValue[2 + 3 * keys.Length];
        values[0] = Id(request);
        values[1] = (long)Lease.TotalMilliseconds;
        for (var i = 0; i < keys.Length; i++)
        {
            var policy = chain.Limits[i].Policy;
            values[3 * i + 2] = policy.Kind.ToString();
            values[3 * i + 3] = policy.Permits;
            values[3 * i + 4] = (long)policy.Window.TotalMilliseconds;
        }

        var answer = await server!.GetDatabase().ScriptEvaluateAsync(Script, keys, values);
        return SharedAnswer.Read((long[])answer!);
    }

    /// <summary>An answer that came too late was not waited for, but what it took at once must not stay taken.</summary>
    private async Task UndoLateAsync(Task<SharedAnswer> asked, RateLimitChain chain, RedisKey[] keys, Guid request)
    {
        await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Release(chain, keys, request);
    }

    /// <summary>Whom a key counts is a keyed hash; a limit whose kind or window is changed begins anew.</summary>
    private RedisKey[] Keys(Listener listener, RateLimitChain chain, in RateSubject subject)
    {
        var keys = new RedisKey[chain.Limits.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var policy = chain.Limits[i].Policy;
            var counted = subject.Only(policy.Per);
            var address = policy.Per.HasFlag(RateScope.Address) ? counted.Address.ToString() : "";
            var tag = index.Tag("rate-limit", $"{address}\0{counted.Client}\0{counted.User}\0{counted.Operation}\0{counted.Route}");
            keys[i] = $"{{{section.KeyPrefix}}}:{listener}:{policy.Name}:{policy.Kind}:{policy.Window.Ticks}:{Base64Url.EncodeToString(tag)}";
        }

        return keys;
    }

    private static RedisValue Id(Guid request) => request.ToString("N");

    private static string ReadScript()
    {
        using var stream = typeof(SharedLimits).Assembly.GetManifestResourceStream("CorpSecure.Gateway.RateLimits.Shared.take.lua")
            ?? throw new InvalidOperationException("the script is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
