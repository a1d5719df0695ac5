using System.Diagnostics;
using System.Text.Json;
using Omega.Gpt;
using Omega.Gpt.Providers;

namespace Omega.Benchmarks.Functions;

/// <summary>What the loop adds to a call, and whether calls run at once. In turns, as <see cref="Streams.Pairs"/> and for the same reason.</summary>
internal static class CallBenchmarks
{
    private const int Calls = 16;
    private const int Rounds = 400;

    public static async Task RunAsync()
    {
        var validation = new ValidationBenchmarks();
        Report("validate four properties", Time(() => validation.Whole()), 1, "call");
        Report("incremental, four properties", Time(() => validation.Incremental()), ValidationBenchmarks.DeltaCount, "delta");
        Console.WriteLine(FormattableString.Invariant($"| validate four properties | {Allocated(() => validation.Whole())} B |"));

        foreach (var effect in (FunctionEffect[])[FunctionEffect.Pure, FunctionEffect.SideEffect])
        {
            var with = await LeastAsync(() => TurnAsync(Calls, effect, default)).ConfigureAwait(false);
            var reported = await LeastAsync(() => TurnAsync(Calls, null, default)).ConfigureAwait(false);
            Report($"loop, {effect}", (with - reported).TotalMicroseconds, Calls, "call");
        }

        var one = await TurnAsync(1, FunctionEffect.Pure, TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        var many = await TurnAsync(Calls, FunctionEffect.Pure, TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        Console.WriteLine(FormattableString.Invariant($"| one pure call of 100 ms | {one.TotalMilliseconds:0} ms | {Calls} of them | {many.TotalMilliseconds:0} ms |"));
    }

    private static void Report(string what, double microseconds, int parts, string part) =>
        Console.WriteLine(FormattableString.Invariant($"| {what} | {microseconds:0.00} µs | {microseconds / parts:0.00} µs a {part} |"));

    /// <summary>The least disturbed of many rounds.</summary>
    private static double Time(Func<bool> work)
    {
        const int Batch = 500;
        var least = double.MaxValue;
        for (var round = 0; round < 400; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < Batch; i++)
                work();
            least = Math.Min(least, Stopwatch.GetElapsedTime(began).TotalMicroseconds / Batch);
        }

        return least;
    }

    private static long Allocated(Func<bool> work)
    {
        const int Times = 1000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
            work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }

    private static async Task<TimeSpan> LeastAsync(Func<Task<TimeSpan>> work)
    {
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var took = await work().ConfigureAwait(false);
            least = took < least ? took : least;
        }

        return least;
    }

    /// <summary>A turn whose model writes calls in one step; without an effect the calls are only reported.</summary>
    private static async Task<TimeSpan> TurnAsync(int calls, FunctionEffect? effect, TimeSpan takes)
    {
        var definition = new FunctionDefinition("price", null, JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer"}}}"""));
        FunctionHandler handler = async (arguments, _, token) =>
        {
            if (takes > TimeSpan.Zero)
                await Task.Delay(takes, TimeProvider.System, token).ConfigureAwait(false);
            return arguments;
        };
        var functions = effect is { } runs ? new FunctionSet(new GptFunction(definition, handler, new GptFunctionOptions { Effect = runs })) : new FunctionSet(definition);
        var registry = ProviderRegistry.Create(null);
        registry.Add(new Model(calls));
        var gpt = new RealTimeGpt(new GptEngine(registry, new GenerationOptions { Model = "bench/m" }));
        var began = Stopwatch.GetTimestamp();
        await foreach (var gptEvent in gpt.StreamWithFunctionsAsync("Go", functions).ConfigureAwait(false))
            _ = gptEvent;
        return Stopwatch.GetElapsedTime(began);
    }

    private sealed class Model(int calls) : IModelProvider
    {
        public string Name => "bench";

        public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask.ConfigureAwait(false);
            if (request.Messages[^1].Role == Role.Function)
            {
                yield return new TextDelta("Done.");
                yield return new FinishedDelta(FinishReason.Stop, null);
                yield break;
            }

            for (var i = 0; i < calls; i++)
            {
                yield return new CallStartedDelta(i, "price");
                yield return new CallArgumentsDelta(i, $$"""{"n":{{i}}}""");
            }

            yield return new FinishedDelta(FinishReason.FunctionCalls, null);
        }
    }
}
