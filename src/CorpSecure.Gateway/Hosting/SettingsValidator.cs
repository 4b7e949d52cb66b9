using System.Net;
using CorpSecure.Gateway.Dpop;
using CorpSecure.Gateway.Issuers;
using CorpSecure.Gateway.RateLimits.Shared;
using CorpSecure.Gateway.Telemetry;
using CorpSecure.Gateway.Tokens;
using FluentValidation;
using Npgsql;

namespace CorpSecure.Gateway.Hosting;

/// <summary>Every fault of the configuration at once, each with its key.</summary>
public sealed class SettingsValidator : AbstractValidator<GatewaySettings>
{
    public SettingsValidator()
    {
        File(settings => settings.Gateway.PolicyFile, "Gateway:PolicyFile");
        File(settings => settings.Gateway.AssertionKeyFile, "Gateway:AssertionKeyFile");
        Required(settings => settings.Gateway.AssertionKeyId, "Gateway:AssertionKeyId");
        Origin(settings => settings.Gateway.Origin, "Gateway:Origin");
        Origin(settings => settings.Gateway.OpsOrigin, "Gateway:OpsOrigin");
        Bounded(settings => settings.Gateway.BodyTimeout, "Gateway:BodyTimeout", TimeSpan.FromMinutes(5));
        RuleFor(settings => settings.Gateway.MaxConcurrentRequests).InclusiveBetween(1, 100_000).OverridePropertyName("Gateway:MaxConcurrentRequests");
        Bounded(settings => settings.Gateway.ReloadInterval, "Gateway:ReloadInterval", TimeSpan.FromHours(1));
        RuleFor(settings => settings.Gateway.DrainDelay).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromMinutes(2)).OverridePropertyName("Gateway:DrainDelay");
        Include(new TelemetryRules());
        Listener("Api", settings => settings.Listeners.Api);
        Listener("Ops", settings => settings.Listeners.Ops);
        RuleFor(settings => settings.Listeners.Ops.Port).Must((settings, port) => port == 0 || port != settings.Listeners.Api.Port)
            .WithMessage("must differ from Listeners:Api:Port").OverridePropertyName("Listeners:Ops:Port");
        ConnectionLimits.Check(this);
        Issuer("Corporate", settings => settings.Issuers.Corporate);
        Issuer("Staff", settings => settings.Issuers.Staff);
        IssuerRules.Check(this);
        DpopSection.Check(this);
        RuleFor(settings => settings.Core.Destinations).NotEmpty().OverridePropertyName("Core:Destinations");
        RuleForEach(settings => settings.Core.Destinations).Must(IsHttps).WithMessage("'{PropertyValue}' is not an https URL")
            .OverridePropertyName("Core:Destinations");
        File(settings => settings.Core.CaFile, "Core:CaFile");
        File(settings => settings.Core.ClientCertificateFile, "Core:ClientCertificateFile");
        File(settings => settings.Core.ClientKeyFile, "Core:ClientKeyFile");
        Bounded(settings => settings.Core.ActivityTimeout, "Core:ActivityTimeout", TimeSpan.FromMinutes(5));
        Bounded(settings => settings.Core.HealthInterval, "Core:HealthInterval", TimeSpan.FromMinutes(5));
        RuleFor(settings => settings.Core.HealthPath).Must(path => path.StartsWith('/')).WithMessage("must begin with /").OverridePropertyName("Core:HealthPath");
        RuleFor(settings => settings.Ledger.ReplicaName).NotEmpty().WithMessage("is missing").MaximumLength(50).Matches("^[A-Za-z0-9._-]*$")
            .OverridePropertyName("Ledger:Replica");
        File(settings => settings.Ledger.MasterKeyFile, "Ledger:MasterKeyFile");
        RuleFor(settings => settings.Database.ConnectionString).Must(IsConnectionString)
            .WithMessage("not a PostgreSQL connection string").OverridePropertyName("Database:ConnectionString");
        RuleFor(settings => settings.Database.ConnectionString).Must(IsVerifiedConnection)
            .WithMessage("must verify the server: SSL Mode=VerifyFull;Root Certificate=FILE").OverridePropertyName("Database:ConnectionString");
        RuleForEach(settings => settings.TrustedProxies.Networks).Must(network => IPNetwork.TryParse(network, out _))
            .WithMessage("'{PropertyValue}' is not a network in CIDR form").OverridePropertyName("TrustedProxies:Networks");
        SharedLimitsRules.AddTo(this);
        RuleForEach(settings => settings.TrustedProxies.ProxyProtocol).Must(network => IPNetwork.TryParse(network, out _))
            .WithMessage("'{PropertyValue}' is not a network in CIDR form").OverridePropertyName("TrustedProxies:ProxyProtocol");
    }

    private static bool IsHttps(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Nobody else is on a loopback address or a socket file; everywhere else the server's name is verified.</summary>
    private static bool IsVerifiedConnection(string text)
    {
        if (!IsConnectionString(text))
            return true; // said elsewhere
        var connection = new NpgsqlConnectionStringBuilder(text);
        return connection.SslMode == SslMode.VerifyFull || connection.Host!.Split(',').All(host =>
            host.StartsWith('/') || host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)));
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private void Required(System.Linq.Expressions.Expression<Func<GatewaySettings, string>> value, string key) =>
        RuleFor(value).NotEmpty().WithMessage("is missing").OverridePropertyName(key);

    private void Bounded(System.Linq.Expressions.Expression<Func<GatewaySettings, TimeSpan>> value, string key, TimeSpan most) =>
        RuleFor(value).GreaterThan(TimeSpan.Zero).WithMessage("must be longer than nothing")
            .LessThanOrEqualTo(most).WithMessage("'{PropertyValue}' is too long; at most {ComparisonValue}").OverridePropertyName(key);

    private void File(System.Linq.Expressions.Expression<Func<GatewaySettings, string>> value, string key) =>
        RuleFor(value).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("is missing")
            .Must(System.IO.File.Exists).WithMessage("file not found: {PropertyValue}").OverridePropertyName(key);

    private void Origin(System.Linq.Expressions.Expression<Func<GatewaySettings, string>> value, string key) =>
        RuleFor(value).Must(origin => IsHttps(origin) && new Uri(origin).GetLeftPart(UriPartial.Authority) == origin)
            .WithMessage("must be an https origin without path, such as https://bank.example:8443").OverridePropertyName(key);

    private void Listener(string name, Func<GatewaySettings, ListenerSection> section)
    {
        File(settings => section(settings).CertificateFile, $"Listeners:{name}:CertificateFile");
        File(settings => section(settings).KeyFile, $"Listeners:{name}:KeyFile");
        RuleFor(settings => section(settings).ClientCaFile).Must(file => file.Length == 0 || System.IO.File.Exists(file))
            .WithMessage("file not found: {PropertyValue}").OverridePropertyName($"Listeners:{name}:ClientCaFile");
        RuleFor(settings => section(settings).ClientCrlFile).Must(file => file.Length == 0 || System.IO.File.Exists(file))
            .WithMessage("file not found: {PropertyValue}").OverridePropertyName($"Listeners:{name}:ClientCrlFile");
        RuleFor(settings => section(settings).ClientCrlFile).Must((settings, file) => file.Length == 0 || section(settings).ClientCaFile.Length > 0)
            .WithMessage("is of no use without ClientCaFile").OverridePropertyName($"Listeners:{name}:ClientCrlFile");
        RuleFor(settings => section(settings).Port).InclusiveBetween(0, 65535).OverridePropertyName($"Listeners:{name}:Port");
        RuleFor(settings => section(settings).Address).Must(address => IPAddress.TryParse(address, out _))
            .WithMessage("'{PropertyValue}' is not an IP address").OverridePropertyName($"Listeners:{name}:Address");
    }

    private void Issuer(string name, Func<GatewaySettings, IssuerSection> section)
    {
        RuleFor(settings => section(settings).Issuer).Must(IsHttps).WithMessage("must be an https URL").OverridePropertyName($"Issuers:{name}:Issuer");
        Required(settings => section(settings).Audience, $"Issuers:{name}:Audience");
        RuleFor(settings => section(settings).CaFile).Must(file => file.Length == 0 || System.IO.File.Exists(file))
            .WithMessage("file not found: {PropertyValue}").OverridePropertyName($"Issuers:{name}:CaFile");
        RuleFor(settings => section(settings).ConnectTo).Must(place => place.Length == 0 || IssuerHttp.Place(place) is not null)
            .WithMessage("'{PropertyValue}' is not host:port").OverridePropertyName($"Issuers:{name}:ConnectTo");
    }
}
