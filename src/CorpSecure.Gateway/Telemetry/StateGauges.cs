using System.Diagnostics.Metrics;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Decisions;
using CorpSecure.Gateway.Registry;
using CorpSecure.Ledger.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Gateway.Telemetry;

/// <summary>What is read when somebody scrapes.</summary>
public sealed class StateGauges(
    IMeterFactory meters,
    DecisionLanes lanes,
    RegistryFeed registry,
    CertificateStore certificates,
    [FromKeyedServices(RefusalCounter.Lane)] LaneWriter refusals) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(GatewayMetrics.MeterName);
        meter.CreateObservableGauge("corpsecure.commit.queue.depth", () => lanes.QueueDepth, description: "Decisions that wait for a transaction");
        meter.CreateObservableGauge("corpsecure.commit.queue.capacity", () => lanes.QueueCapacity, description: "Decisions that may wait before new ones are refused");
        meter.CreateObservableGauge("corpsecure.commit.in_doubt", () => lanes.InDoubt, description: "Decisions sent to be committed whose fate is not known yet");
        meter.CreateObservableGauge("corpsecure.ledger.available", () => IsAvailable ? 1 : 0, description: "1 while the last transaction of every lane succeeded");
        meter.CreateObservableGauge("corpsecure.registry.age", () => registry.Age.TotalSeconds, "s", "Since the registry's version was confirmed");
        meter.CreateObservableGauge("corpsecure.certificate.expiry", () => certificates.Expiries(), "s", "Until a certificate ends; negative when it has");
        meter.CreateObservableGauge("corpsecure.certificate.stale", () => certificates.Stale(), description: "1 while the files on disk cannot be used and what was loaded before stays in force");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsAvailable => lanes.IsAvailable && refusals.IsAvailable;
}
