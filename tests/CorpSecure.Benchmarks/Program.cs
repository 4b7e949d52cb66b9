using CorpSecure.Benchmarks;

return args is ["commit" or "decide" or "--help" or "-h" or "-?", ..]
    ? await BenchmarkCommand.Create().Parse(args).InvokeAsync()
    : Microbenchmarks.Run(args);
