using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Telemetry;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>Mutual TLS to the core; its certificate must chain to the configured roots.</summary>
public sealed class CoreHttpClientFactory(CertificateStore certificates) : ForwarderHttpClientFactory
{
    private (CertificatePair Own, TrustBundle Trust) used;

    protected override bool CanReuseOldClient(ForwarderHttpClientContext context) =>
        base.CanReuseOldClient(context) && used == (certificates.Core.Current, certificates.CoreTrust.Current);

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        used = (certificates.Core.Current, certificates.CoreTrust.Current);
        handler.ConnectTimeout = TimeSpan.FromSeconds(3);
        handler.MaxConnectionsPerServer = 512;
        handler.SslOptions.ClientCertificateContext = used.Own.Context;
        handler.SslOptions.CertificateChainPolicy = used.Trust.Policy;
        handler.ActivityHeadersPropagator = new OwnTraceContext();
    }
}

/// <summary>Gives the proxy a new client once certificate or trust were renewed. Requests under way keep theirs.</summary>
public sealed class CoreClientRenewal(CertificateStore certificates, CoreSection core, InMemoryConfigProvider proxy) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        certificates.Core.Changed += Renew;
        certificates.CoreTrust.Changed += Renew;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        certificates.Core.Changed -= Renew;
        certificates.CoreTrust.Changed -= Renew;
        return Task.CompletedTask;
    }

    private void Renew() => proxy.Update(CoreForwarding.Routes, CoreForwarding.Clusters(core));
}
