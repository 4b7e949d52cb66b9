using CorpSecure.Gateway.Certificates;
using OpenTelemetry.Exporter;

namespace CorpSecure.Gateway.Telemetry;

/// <summary>The way to the collector: certificate validated, headers from a file, so that no token stands in the configuration.</summary>
internal static class OtlpExport
{
    public static void Configure(OtlpExporterOptions options, OtlpSection section, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(section.Endpoint.TrimEnd('/') + path);
        options.TimeoutMilliseconds = 5000;
        options.HttpClientFactory = () => Client(section);
    }

    private static HttpClient Client(OtlpSection section)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = { CertificateChainPolicy = section.CaFile.Length == 0 ? null : TrustBundle.Parse(File.ReadAllText(section.CaFile)).Policy },
        })
        {
            Timeout = TimeSpan.FromSeconds(5),
        };
        if (section.HeadersFile.Length == 0)
            return client;
        foreach (var line in File.ReadLines(section.HeadersFile).Where(line => line.Contains(':')))
            client.DefaultRequestHeaders.TryAddWithoutValidation(line[..line.IndexOf(':')].Trim(), line[(line.IndexOf(':') + 1)..].Trim());
        return client;
    }
}
