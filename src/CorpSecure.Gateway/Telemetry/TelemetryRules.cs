using System.Net;
using CorpSecure.Gateway.Hosting;
using FluentValidation;

namespace CorpSecure.Gateway.Telemetry;

public sealed class TelemetryRules : AbstractValidator<GatewaySettings>
{
    public TelemetryRules()
    {
        RuleForEach(settings => settings.Metrics.NetworksInForce).Must(network => IPNetwork.TryParse(network, out var parsed) && parsed.PrefixLength > 0)
            .WithMessage("'{PropertyValue}' is not a network in CIDR form, or is everyone; write such as 10.1.2.0/24").OverridePropertyName("Metrics:Networks");
        RuleFor(settings => settings.Metrics.TokenFile).Must(IsFile).WithMessage("file not found: {PropertyValue}").OverridePropertyName("Metrics:TokenFile");
        RuleFor(settings => settings.Telemetry.Otlp.Endpoint).Must(endpoint => endpoint.Length == 0 || IsHttps(endpoint))
            .WithMessage("must be an https URL, such as https://collector.example:4318").OverridePropertyName("Telemetry:Otlp:Endpoint");
        RuleFor(settings => settings.Telemetry.Otlp.HeadersFile).Must(IsFile).WithMessage("file not found: {PropertyValue}")
            .OverridePropertyName("Telemetry:Otlp:HeadersFile");
        RuleFor(settings => settings.Telemetry.Otlp.CaFile).Must(IsFile).WithMessage("file not found: {PropertyValue}").OverridePropertyName("Telemetry:Otlp:CaFile");
        RuleFor(settings => settings.Telemetry.Otlp.SampleRatio).InclusiveBetween(0, 1).OverridePropertyName("Telemetry:Otlp:SampleRatio");
    }

    private static bool IsFile(string file) => file.Length == 0 || File.Exists(file);

    private static bool IsHttps(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;
}
