using System.Diagnostics;

namespace Omega.Benchmarks.Streams;

/// <summary>
/// The same work in turns of 20 streams, one kind after the other, so that a machine's noise falls on all alike: for machines too busy
/// for BenchmarkDotNet, which measures one kind for seconds before the next.
/// </summary>
internal static class Pairs
{
    private const int Streams = 20;
    private const int Warmups = 60;
    private const int Rounds = 100;

    public static async Task RunAsync()
    {
        var (chat, responses, anthropic) = (new ChatCompletionsStreamBenchmarks(), new ResponsesStreamBenchmarks(), new AnthropicStreamBenchmarks());
        await CompareAsync("Chat Completions", ("bare", chat.Bare), ("wire", chat.WireAlone), ("events", chat.PromptToEvents), ("official", chat.OfficialClient), ("adapter", chat.OfficialAdapter)).ConfigureAwait(false);
        await CompareAsync("Responses", ("bare", responses.Bare), ("wire", responses.WireAlone), ("events", responses.PromptToEvents), ("official", responses.OfficialClient)).ConfigureAwait(false);
        await CompareAsync("Anthropic", ("bare", anthropic.Bare), ("wire", anthropic.WireAlone), ("events", anthropic.PromptToEvents)).ConfigureAwait(false);
    }

    private static async Task CompareAsync(string title, params (string Name, Func<Task<int>> Run)[] work)
    {
        var times = work.Select(_ => new List<double>(Rounds)).ToArray();
        for (var round = 0; round < Warmups + Rounds; round++)
        {
            for (var i = 0; i < work.Length; i++)
            {
                var began = Stopwatch.GetTimestamp();
                for (var k = 0; k < Streams; k++)
                    await work[i].Run().ConfigureAwait(false);
                if (round >= Warmups)
                    times[i].Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds / Streams);
            }
        }

        foreach (var list in times)
            list.Sort();
        for (var i = 0; i < work.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"| {title} | {work[i].Name} | {times[i][0]:0} | {times[i][Rounds / 2]:0} | {times[i][0] / times[0][0]:0.00} | {times[i][Rounds / 2] / times[0][Rounds / 2]:0.00} |"));
    }
}
