using System.Diagnostics;

namespace Omega.Benchmarks.Streams;

/// <summary>
/// The same work in turns of 20 streams, one kind after the other, so that a machine's noise falls on all alike: for machines too busy
/// for BenchmarkDotNet, which measures one kind for seconds before the next. Beside the time on the clock it tells the processor time
/// of this process, which leaves out what others took, and what was allocated.
/// </summary>
internal static class Pairs
{
    private const int Streams = 20;
    private const int Warmups = 200;
    private const int Rounds = 150;

    public static async Task RunAsync()
    {
        var (chat, responses, anthropic) = (new ChatCompletionsStreamBenchmarks(), new ResponsesStreamBenchmarks(), new AnthropicStreamBenchmarks());
        Console.WriteLine("| wire | reader | µs (least) | µs (median) | CPU µs (least) | CPU µs (median) | against bare: µs | CPU (least) | CPU (median of rounds) | KB |");
        await CompareAsync("Chat Completions", ("bare", chat.Bare), ("wire", chat.WireAlone), ("events", chat.PromptToEvents), ("official", chat.OfficialClient), ("adapter", chat.OfficialAdapter)).ConfigureAwait(false);
        await CompareAsync("Responses", ("bare", responses.Bare), ("wire", responses.WireAlone), ("events", responses.PromptToEvents), ("official", responses.OfficialClient)).ConfigureAwait(false);
        await CompareAsync("Anthropic", ("bare", anthropic.Bare), ("wire", anthropic.WireAlone), ("events", anthropic.PromptToEvents)).ConfigureAwait(false);
    }

    /// <summary>
    /// What each kind of work costs above the first: a chunk, by how much more a long stream costs than a short one, and once a stream.
    /// </summary>
    internal static async Task CompareAsync(string title, (int Few, int Many) chunks, params (string Name, Func<int, Task<int>> Run)[] work)
    {
        var few = await MeasureAsync([.. work.Select(kind => (kind.Name, (Func<Task<int>>)(() => kind.Run(chunks.Few))))]).ConfigureAwait(false);
        var many = await MeasureAsync([.. work.Select(kind => (kind.Name, (Func<Task<int>>)(() => kind.Run(chunks.Many))))]).ConfigureAwait(false);
        for (var i = 0; i < work.Length; i++)
        {
            var (least, once) = Split(rounds => rounds[i].Min(round => round.Cpu) - rounds[0].Min(round => round.Cpu));
            var (median, _) = Split(rounds => Median(rounds[i].Zip(rounds[0], (own, first) => own.Cpu - first.Cpu)));
            var (bytes, bytesOnce) = Split(rounds => rounds[i].Min(round => round.Bytes) - rounds[0].Min(round => round.Bytes));
            Console.WriteLine(FormattableString.Invariant($"| {title} | {work[i].Name} | {few[i].Min(round => round.Cpu):0} | {least * 1000:0} | {median * 1000:0} | {bytes:0.0} | {once:0} | {bytesOnce / 1024:0.0} |"));
        }

        (double Each, double Once) Split(Func<List<Round>[], double> figure)
        {
            var (little, much) = (figure(few), figure(many));
            var each = (much - little) / (chunks.Many - chunks.Few);
            return (each, little - (each * chunks.Few));
        }
    }

    internal static async Task CompareAsync(string title, params (string Name, Func<Task<int>> Run)[] work)
    {
        var rounds = await MeasureAsync(work).ConfigureAwait(false);
        var (bareTime, bareCpu) = (rounds[0].Min(round => round.Time), rounds[0].Min(round => round.Cpu));
        for (var i = 0; i < work.Length; i++)
        {
            var (time, cpu) = (rounds[i].Min(round => round.Time), rounds[i].Min(round => round.Cpu));
            var (medianTime, medianCpu) = (Median(rounds[i].Select(round => round.Time)), Median(rounds[i].Select(round => round.Cpu)));
            var ratio = Median(rounds[i].Zip(rounds[0], (own, bare) => own.Cpu / bare.Cpu));
            Console.WriteLine(FormattableString.Invariant(
                $"| {title} | {work[i].Name} | {time:0} | {medianTime:0} | {cpu:0} | {medianCpu:0} | {time / bareTime:0.00} | {cpu / bareCpu:0.00} | {ratio:0.00} | {rounds[i].Min(round => round.Bytes) / 1024:0.0} |"));
        }
    }

    private static async Task<List<Round>[]> MeasureAsync((string Name, Func<Task<int>> Run)[] work)
    {
        var rounds = work.Select(_ => new List<Round>(Rounds)).ToArray();
        for (var round = 0; round < Warmups + Rounds; round++)
        {
            for (var i = 0; i < work.Length; i++)
            {
                var measured = await MeasureAsync(work[i].Run).ConfigureAwait(false);
                if (round >= Warmups)
                    rounds[i].Add(measured);
            }
        }

        return rounds;
    }

    private static async Task<Round> MeasureAsync(Func<Task<int>> run)
    {
        var (bytes, cpu, began) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (var k = 0; k < Streams; k++)
            await run().ConfigureAwait(false);
        var (time, spent) = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
        return new Round(time.TotalMicroseconds / Streams, spent.TotalMicroseconds / Streams, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)Streams);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>What one stream took in one turn.</summary>
    private readonly record struct Round(double Time, double Cpu, double Bytes);
}
