using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Omega.Benchmarks.Desk;
using Omega.Benchmarks.Functions;
using Omega.Benchmarks.Streams;
using Omega.Benchmarks.Usage;
using Perfolizer.Horology;

// Comparisons in turns, for busy machines; each prints ratios of one run.
switch (args)
{
    case ["pairs"]:
        await Pairs.RunAsync();
        return;
    case ["pipeline"]:
        await PipelineBenchmarks.RunAsync();
        return;
    case ["recording"]:
        await RecordingBenchmarks.RunAsync();
        return;
    case ["calls"]:
        await CallBenchmarks.RunAsync();
        return;
    case ["usage", .. var only]:
        await UsageBenchmarks.RunAsync(only);
        return;
    case ["desk"]:
        await DeskTurns.RunAsync(Console.Out);
        return;
}

// One process and many short iterations: machines differ and are noisy, so what counts is the ratio of two figures of one run, and
// of those the least disturbed ones.
var job = Job.Default
    .WithToolchain(InProcessEmitToolchain.Instance)
    .WithWarmupCount(30)
    .WithIterationCount(20)
    .WithIterationTime(TimeInterval.FromMilliseconds(50));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job).AddColumn(StatisticColumn.Min, StatisticColumn.Median));
