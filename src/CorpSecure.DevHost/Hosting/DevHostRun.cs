using CorpSecure.DevHost.Postgres;
using CorpSecure.DevHost.Processes;
using CorpSecure.DevHost.Tour;
using Npgsql;
using Spectre.Console;

namespace CorpSecure.DevHost.Hosting;

/// <summary>One run of the command, from options to exit code. Every failure has one message and one code.</summary>
internal sealed class DevHostRun(IAnsiConsole console, TextWriter errors, TimeProvider time)
{
    public async Task<int> RunAsync(DevHostOptions options)
    {
        using var shutdown = new Shutdown(time);
        try
        {
            return await ServeAsync(options, shutdown.Requested);
        }
        catch (OperationCanceledException) when (shutdown.Requested.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (PostgresMissingException error)
        {
            return Report(error.Message, ExitCodes.PostgresMissing);
        }
        catch (ConfigurationFaultException error)
        {
            return Report(error.Message, ExitCodes.Configuration);
        }
        catch (Exception error) when (error is PartFailedException or PostgresStartException or Demo.PreparationFailedException or NpgsqlException)
        {
            return Report(error.Message, ExitCodes.Crash);
        }
    }

    private async Task<int> ServeAsync(DevHostOptions options, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        await using var system = await RunningSystem.StartAsync(options, BuildOutput.Current, time, Say, cancellation);
        ReadyBlock.Print(console, system.Demo, system.Data, time.GetElapsedTime(started));
        if (options.Tour)
            return await new DemoTour(system, console, time).RunAsync(cancellation) ? ExitCodes.Success : ExitCodes.Crash;
        try
        {
            await system.WatchAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Say("Stopping ...");
        }
        return ExitCodes.Success;
    }

    private void Say(string text) => console.MarkupLineInterpolated($"[dim]{text}[/]");

    private int Report(string message, int exitCode)
    {
        errors.WriteLine();
        errors.WriteLine(message);
        return exitCode;
    }
}
