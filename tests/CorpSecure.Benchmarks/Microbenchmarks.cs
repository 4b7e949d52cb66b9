using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace CorpSecure.Benchmarks;

/// <summary>Short runs within this process: nothing is built again, so a figure takes seconds.</summary>
internal static class Microbenchmarks
{
    public static int Run(string[] args)
    {
        var config = DefaultConfig.Instance
            .WithArtifactsPath(Path.Combine(Environment.CurrentDirectory, "artifacts", "benchmarks"))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumn(StatisticColumn.Median)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(9).WithId("Short"));
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Microbenchmarks).Assembly).Run(args, config).ToArray();
        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
