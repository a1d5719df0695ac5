using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Resilience;

namespace Omega.Benchmarks.Streams;

/// <summary>
/// What the pipeline costs a chunk above the bare wire: one stream of 200 pieces, as deltas, with its events there at once, and with each
/// waited for as a network has it.
/// </summary>
internal static class PipelineBenchmarks
{
    private const int Pieces = 200;

    public static async Task RunAsync()
    {
        Console.WriteLine("| reads | pipeline | CPU µs (least) | ns a chunk above the wire (least) | (median of rounds) | B a chunk above the wire |");
        foreach (var waits in (bool[])[false, true])
        {
            var wire = Wire(waits);
            await Pairs.CompareAsync(
                waits ? "waited for" : "at once",
                Pieces,
                ("none", () => ReadAsync(wire)),
                ("time limits", () => ReadAsync(Around(wire, new GptPipelineOptions { Timeouts = new TimeoutOptions() }))),
                ("retry, breaker, resume", () => ReadAsync(Around(wire, GptPipelineOptions.Standard with { Timeouts = null }))),
                ("all of them", () => ReadAsync(Around(wire, GptPipelineOptions.Standard))),
                ("and a cache that misses", () => ReadAsync(Around(wire, Missing))),
                ("and a recording", () => ReadAsync(Around(wire, Recorded)))).ConfigureAwait(false);
        }
    }

    private static readonly GptPipelineOptions Missing = GptPipelineOptions.Standard with { Cache = new CacheOptions() };

    // The flight recorder's files make room for each other, so that the disk does not fill.
    private static readonly GptPipelineOptions Recorded = GptPipelineOptions.Standard with
    {
        Recorder = SessionRecorder.Flight(Directory.CreateTempSubdirectory("omega-bench-").FullName, 16 * 1024 * 1024),
    };

    private static ChatCompletionsProvider Wire(bool waits)
    {
        var client = MemoryServer.Client(Streams.Wire.ChatCompletions, waits);
        return new ChatCompletionsProvider(new WireOptions { Name = "memory", BaseUrl = "http://memory.invalid/v1", Client = () => client });
    }

    // As each turn does it; what is made once for an engine is made once here, too.
    private static IModelProvider Around(IModelProvider wire, GptPipelineOptions options)
    {
        if (!Pipelines.TryGetValue((wire, options), out var pipeline))
            Pipelines[(wire, options)] = pipeline = new ModelPipeline(options, TimeProvider.System);
        var model = new ResolvedModel(wire, "memory", "m", null);
        return pipeline.Around(model, pipeline.Route(model, [], static _ => throw new NotSupportedException(), new GenerationOptions(), RequestContents.None), CacheUse.On, null).Steps;
    }

    private static readonly Dictionary<(IModelProvider, GptPipelineOptions), ModelPipeline> Pipelines = [];

    private static async Task<int> ReadAsync(IModelProvider provider)
    {
        var characters = 0;
        await foreach (var delta in provider.StreamAsync(new ModelRequest { Model = "m", Messages = [Message.User("How is Bitcoin?")] }).ConfigureAwait(false))
        {
            if (delta is TextDelta text)
                characters += text.Text.Length;
        }

        return characters > Pieces ? characters : throw new InvalidOperationException($"{characters} characters are not the answer.");
    }
}
