using CorpSecure.DevHost.Containers;
using CorpSecure.DevHost.Hosting;
using Spectre.Console;

var root = DevHostCommand.Create(new DevHostRun(AnsiConsole.Console, Console.Error, TimeProvider.System).RunAsync);
root.Subcommands.Add(ContainersCommand.Create(TimeProvider.System, Console.Out, Console.Error));

// Signals are ours: an orderly end takes as long as the parts need.
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
