using CorpSecure.Client.Tokens;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>A gateway, and a client of it made the way an application makes one.</summary>
public sealed class GatewayClient : IAsyncDisposable
{
    public const string Token = "the.secret.token";

    private readonly ServiceProvider _services;
    private readonly SoftwareSigningKey _key;

    private GatewayClient(FakeGateway gateway, TestAuthority authority, Action<CorpSecureOptions>? configure, Action<IHttpClientBuilder>? build)
    {
        Gateway = gateway;
        _key = SigningKey.Generate("anna-1");
        PublicKey = _key.ToVerificationKey();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        var builder = services.AddHttpClient("bank").AddCorpSecure(options =>
        {
            options.Gateway = gateway.Address;
            options.CaFile = authority.CaFile;
            options.SigningKey = _key;
            options.DpopKey = DpopKey;
            options.TimeProvider = Time;
            options.AccessToken = _ => ValueTask.FromResult(new AccessToken(Token, DateTimeOffset.MaxValue));
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        _services = services.BuildServiceProvider();
    }

    public FakeGateway Gateway { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public SoftwareSigningKey DpopKey { get; } = SigningKey.Generate("dpop");

    public LogRecorder Log { get; } = new();

    public VerificationKey PublicKey { get; }

    public HttpClient Http => _services.GetRequiredService<IHttpClientFactory>().CreateClient("bank");

    public static async Task<GatewayClient> StartAsync(
        TestAuthority authority, Action<CorpSecureOptions>? configure = null, Action<IHttpClientBuilder>? build = null) =>
        new(await FakeGateway.StartAsync(authority), authority, configure, build);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Gateway.DisposeAsync();
        PublicKey.Dispose();
        _key.Dispose();
        DpopKey.Dispose();
    }
}
