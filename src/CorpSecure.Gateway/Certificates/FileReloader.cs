using System.Threading.Channels;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Certificates;

/// <summary>Looks at the watched files from time to time, and at once when the system tells that something beside them changed.</summary>
public sealed partial class FileReloader(CertificateStore certificates, IEnumerable<Watched> others, GatewaySettings settings, TimeProvider clock, ILogger<FileReloader> logger)
    : BackgroundService
{
    private readonly Channel<bool> looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private readonly HashSet<Watched> unsettled = [];
    private readonly Watched[] watched = [.. certificates.All, .. others];

    /// <param name="settled">Nobody is writing just now, so what is bad is told. A look in the middle of a swap may see half of it.</param>
    public void Look(bool settled)
    {
        lock (gate)
        {
            foreach (var each in watched)
                Look(each, settled);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watchers = Watchers();
        try
        {
            await using var timer = clock.CreateTimer(_ => looks.Writer.TryWrite(true), null, settings.Gateway.ReloadInterval, settings.Gateway.ReloadInterval);
            await foreach (var settled in looks.Reader.ReadAllAsync(stoppingToken))
                Look(settled);
        }
        finally
        {
            watchers.ForEach(watcher => watcher.Dispose());
        }
    }

    private void Look(Watched each, bool settled)
    {
        switch (each.Refresh())
        {
            case Reload.Renewed:
                LogRenewed(each.Name);
                unsettled.Remove(each);
                break;
            case Reload.Kept when !settled:
                unsettled.Add(each);
                break;
            case Reload.Kept:
                LogKept(each.Name, each.Fault!);
                break;
            case Reload.Unchanged when settled && unsettled.Remove(each) && each.Fault is { } fault:
                LogKept(each.Name, fault);
                break;
            case Reload.Unchanged:
                break;
        }
    }

    /// <summary>Of folders, not of files: a mounted secret is changed by swapping a link beside them.</summary>
    private List<FileSystemWatcher> Watchers()
    {
        var watchers = new List<FileSystemWatcher>();
        foreach (var folder in watched.SelectMany(each => each.Files).Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Distinct())
        {
            try
            {
                var watcher = new FileSystemWatcher(folder);
                watchers.Add(watcher);
                watcher.Changed += Noticed;
                watcher.Created += Noticed;
                watcher.Deleted += Noticed;
                watcher.Renamed += Noticed;
                watcher.EnableRaisingEvents = true;
            }
            catch (Exception error) when (error is IOException or ArgumentException)
            {
                LogUnwatched(folder, settings.Gateway.ReloadInterval, error.Message);
            }
        }

        return watchers;
    }

    private void Noticed(object sender, FileSystemEventArgs change) => looks.Writer.TryWrite(false);

    [LoggerMessage(2901, LogLevel.Information, "{Name} was renewed from its files")]
    private partial void LogRenewed(string name);

    [LoggerMessage(2902, LogLevel.Error, "{Name} on disk cannot be used, what was loaded before stays in force: {Fault}")]
    private partial void LogKept(string name, string fault);

    [LoggerMessage(2903, LogLevel.Warning, "Changes in {Folder} are not told by the system, only found every {Interval}: {Error}")]
    private partial void LogUnwatched(string folder, TimeSpan interval, string error);
}
