using System.Net;
using CorpSecure.Gateway.Hosting;
using FluentValidation;

namespace CorpSecure.Gateway.RateLimits.Shared;

/// <summary>What must hold of the section <c>RateLimits:Shared</c>.</summary>
public static class SharedLimitsRules
{
    private const string Section = "RateLimits:Shared:";

    public static void AddTo(AbstractValidator<GatewaySettings> validator)
    {
        validator.RuleForEach(settings => settings.RateLimits.Shared.Endpoints).Must(endpoint => TryParse(endpoint, out _))
            .WithMessage("'{PropertyValue}' is not host:port").OverridePropertyName(Section + "Endpoints");
        validator.RuleFor(settings => settings.RateLimits.Shared.CaFile).Must(IsFileOrNothing)
            .WithMessage("file not found: {PropertyValue}").OverridePropertyName(Section + "CaFile");
        validator.RuleFor(settings => settings.RateLimits.Shared.PasswordFile).Must(IsFileOrNothing)
            .WithMessage("file not found: {PropertyValue}").OverridePropertyName(Section + "PasswordFile");
        validator.RuleFor(settings => settings.RateLimits.Shared.Tls)
            .Must((settings, tls) => tls || settings.RateLimits.Shared.PasswordFile.Length == 0 || settings.RateLimits.Shared.Endpoints.All(IsLoopback))
            .WithMessage("must be true: a password does not travel in clear").OverridePropertyName(Section + "Tls");
        validator.RuleFor(settings => settings.RateLimits.Shared.KeyPrefix).Matches("^[A-Za-z0-9._-]{1,50}$").OverridePropertyName(Section + "KeyPrefix");
        validator.RuleFor(settings => settings.RateLimits.Shared.Timeout).InclusiveBetween(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(2))
            .OverridePropertyName(Section + "Timeout");
        validator.RuleFor(settings => settings.RateLimits.Shared.Share).GreaterThan(0).LessThanOrEqualTo(1).OverridePropertyName(Section + "Share");
    }

    public static bool TryParse(string endpoint, out DnsEndPoint? parsed)
    {
        parsed = Uri.TryCreate("redis://" + endpoint, UriKind.Absolute, out var uri) && uri is { Port: > 0, PathAndQuery: "" or "/", UserInfo: "" } && endpoint.Contains(':')
            ? new DnsEndPoint(uri.IdnHost.Trim('[', ']'), uri.Port)
            : null;
        return parsed is not null;
    }

    private static bool IsLoopback(string endpoint) =>
        TryParse(endpoint, out var parsed) && (parsed!.Host == "localhost" || (IPAddress.TryParse(parsed.Host, out var address) && IPAddress.IsLoopback(address)));

    private static bool IsFileOrNothing(string file) => file.Length == 0 || File.Exists(file);
}
