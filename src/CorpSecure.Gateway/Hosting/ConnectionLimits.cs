using FluentValidation;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CorpSecure.Gateway.Hosting;

/// <summary>What one caller may hold of a listener, before anything is known of it.</summary>
public sealed class ConnectionLimits
{
    private const int StreamWindow = 128 * 1024; // twice the largest body of a policy as delivered
    private const int ConnectionWindow = 512 * 1024;
    private const int Streams = 100;

    /// <summary>Open connections per listener; one more is closed at once.</summary>
    public int Connections { get; init; } = 5000;

    /// <summary>Request line and headers must have arrived by then.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection without a request is kept for so long.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>Bytes per second of a body, once <see cref="Grace"/> has passed.</summary>
    public double BodyRate { get; init; } = 240;

    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    public void Apply(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = 0; // nothing is ever upgraded
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(BodyRate, Grace);
        limits.MinResponseDataRate = new MinDataRate(BodyRate, Grace);
        limits.Http2.MaxStreamsPerConnection = Streams;
        limits.Http2.InitialStreamWindowSize = StreamWindow;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
        limits.Http2.MaxFrameSize = 16 * 1024;
        limits.Http2.HeaderTableSize = 4 * 1024;
        limits.Http2.MaxRequestHeaderFieldSize = 16 * 1024;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30); // a peer that is gone holds no streams
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }

    public static void Check(AbstractValidator<GatewaySettings> settings)
    {
        const string Section = "Listeners:Limits";
        settings.RuleFor(all => all.Listeners.Limits.Connections).GreaterThan(0).OverridePropertyName($"{Section}:Connections");
        settings.RuleFor(all => all.Listeners.Limits.HeadersTimeout).GreaterThan(TimeSpan.Zero).OverridePropertyName($"{Section}:HeadersTimeout");
        settings.RuleFor(all => all.Listeners.Limits.KeepAliveTimeout).GreaterThan(TimeSpan.Zero).OverridePropertyName($"{Section}:KeepAliveTimeout");
        settings.RuleFor(all => all.Listeners.Limits.BodyRate).GreaterThan(0).OverridePropertyName($"{Section}:BodyRate");
        settings.RuleFor(all => all.Listeners.Limits.Grace).GreaterThan(TimeSpan.FromSeconds(1)).OverridePropertyName($"{Section}:Grace");
    }
}
