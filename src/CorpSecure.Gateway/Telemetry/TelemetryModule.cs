using System.Diagnostics;
using CorpSecure.Gateway.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CorpSecure.Gateway.Telemetry;

public static class TelemetryModule
{
    private const string MetricsPath = "/metrics";

    private static readonly string[] Meters =
    [
        GatewayMetrics.MeterName, "CorpSecure.Ledger", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "Npgsql", "System.Runtime",
    ];

    /// <summary>Instruments that cost on every request and tell nothing that another one does not.</summary>
    private static readonly string[] LeftOut = ["http.client.active_requests", "http.client.request.time_in_queue", "db.client.commands.executing", "db.client.operation.npgsql.executing"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, GatewaySettings settings)
    {
        services.Replace(ServiceDescriptor.Singleton<DistributedContextPropagator>(new OwnTraceContext()));
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton(settings.Metrics);
        services.AddSingleton<MetricsAccess>();
        services.AddHostedService<StateGauges>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("corpsecure-gateway", serviceInstanceId: settings.Ledger.Replica, autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => Measure(metrics).AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0));
        if (settings.Telemetry.Otlp is not { Endpoint.Length: > 0 } otlp)
            return services;
        telemetry
            .WithMetrics(metrics => metrics.AddOtlpExporter(options => OtlpExport.Configure(options, otlp, "/v1/metrics")))
            .WithTracing(traces => traces
                .AddSource(RequestTrace.SourceName)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(otlp.SampleRatio)))
                .AddOtlpExporter(options => OtlpExport.Configure(options, otlp, "/v1/traces")));
        return services;
    }

    /// <summary>Whoever may not scrape goes on to enforcement, which knows no such route.</summary>
    public static void UseMetrics(this IApplicationBuilder app)
    {
        var access = app.ApplicationServices.GetRequiredService<MetricsAccess>();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context =>
            HttpMethods.IsGet(context.Request.Method) && context.Request.Path == MetricsPath && access.Allows(context));
    }

    private static MeterProviderBuilder Measure(MeterProviderBuilder metrics)
    {
        metrics.AddMeter(Meters);
        foreach (var instrument in LeftOut)
            metrics.AddView(instrument, MetricStreamConfiguration.Drop);
        return metrics;
    }
}
