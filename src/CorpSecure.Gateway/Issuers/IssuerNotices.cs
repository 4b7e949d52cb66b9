using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Issuers;

/// <summary>Says at the start what whoever chose it must know: how long a token lives on after it was revoked.</summary>
public sealed partial class IssuerNotices(IssuersSection issuers, ILogger<IssuerNotices> logger) : IHostedService
{
    /// <summary>One line for each issuer whose tokens cannot be revoked.</summary>
    public static IEnumerable<string> Of(IssuersSection issuers) =>
        from other in issuers.Others
        where other.Revocation == RevocationSource.Lifetime
        select $"a token of {other.Issuer} that was revoked there stays good here until it expires, for at most {other.MaximumTokenLife}";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var notice in Of(issuers))
            LogNotice(notice);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2103, LogLevel.Warning, "Issuers: {Notice}")]
    private partial void LogNotice(string notice);
}
