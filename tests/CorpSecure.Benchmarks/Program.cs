using CorpSecure.Benchmarks;
using CorpSecure.Benchmarks.Load;

return args is ["commit" or "decide" or "load" or "drive" or ServerModes.Core or ServerModes.Proxy or "--help" or "-h" or "-?", ..]
    ? await BenchmarkCommand.Create().Parse(args).InvokeAsync()
    : Microbenchmarks.Run(args);
