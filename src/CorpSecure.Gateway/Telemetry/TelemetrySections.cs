namespace CorpSecure.Gateway.Telemetry;

/// <summary>Section <c>Metrics</c>: who may read <c>/metrics</c> on the ops listener.</summary>
public sealed class MetricsSection
{
    /// <summary>CIDR networks that need no token. An empty list leaves only the token.</summary>
    public string[]? Networks { get; init; }

    /// <summary>File with a bearer token that opens it from anywhere; empty: none does.</summary>
    public string TokenFile { get; init; } = "";

    public IReadOnlyList<string> NetworksInForce => Networks ?? ["127.0.0.0/8", "::1/128"];
}

/// <summary>Section <c>Telemetry</c>.</summary>
public sealed class TelemetrySection
{
    public OtlpSection Otlp { get; init; } = new();
}

/// <summary>Traces and metrics to a collector, over OTLP (HTTP, protobuf). Off without an endpoint.</summary>
public sealed class OtlpSection
{
    /// <summary>The collector's https address, without the signal's path.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>One <c>Name: value</c> a line, sent with every export.</summary>
    public string HeadersFile { get; init; } = "";

    /// <summary>Trusted for the collector's certificate; empty: the system's roots.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>The part of all requests that is traced. A caller has no say in it.</summary>
    public double SampleRatio { get; init; } = 0.05;
}
