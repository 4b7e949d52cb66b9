using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using OpenIddict.Server;

namespace CorpSecure.Identity.Rotation;

/// <summary>Takes up changed key files without a restart. Keys that cannot be used change nothing: the last good ones go on.</summary>
public sealed partial class SigningRingWatch : BackgroundService, IOptionsChangeTokenSource<OpenIddictServerOptions>
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly SigningKeyFiles files;
    private readonly TimeProvider clock;
    private readonly ILogger<SigningRingWatch> logger;
    private string seen;
    private volatile CancellationTokenSource changed = new();

    public SigningRingWatch(SigningKeyFiles files, TimeProvider clock, ILogger<SigningRingWatch> logger)
    {
        (this.files, this.clock, this.logger) = (files, clock, logger);
        seen = Contents();
        Current = SigningRing.Load(files);
    }

    public SigningRing Current { get; private set; }

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(changed.Token);

    public override void Dispose()
    {
        changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look();
    }

    private void Look()
    {
        try
        {
            var contents = Contents();
            if (contents == seen)
                return;
            Current = SigningRing.Load(files);
            seen = contents;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            LogNotReloaded(error);
            return;
        }

        LogReloaded(Current.Active.KeyId, string.Join(", ", Current.Published.Select(key => key.KeyId)));
        var before = changed;
        changed = new CancellationTokenSource();
        before.Cancel(); // whoever reads the options from now on reads them anew
        before.Dispose();
    }

    // Not by times: a restored backup is older than what it replaces.
    private string Contents() =>
        string.Join(' ', files.Others.Prepend(files.Active).Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));

    [LoggerMessage(3141, LogLevel.Information, "Signing keys were reloaded: {Active} signs, published are {Published}")]
    private partial void LogReloaded(string active, string published);

    [LoggerMessage(3142, LogLevel.Error, "The signing key files have changed and cannot be used; the keys read before stay in force")]
    private partial void LogNotReloaded(Exception error);
}
