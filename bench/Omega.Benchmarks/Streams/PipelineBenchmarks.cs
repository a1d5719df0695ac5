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
    private const int Few = 200;
    private const int Many = 1000;

    public static async Task RunAsync()
    {
        Console.WriteLine("| reads | pipeline | CPU µs of 200 pieces (least) | above the wire: ns a chunk (least) | (median of rounds) | B a chunk | µs a stream | KB a stream |");
        foreach (var waits in (bool[])[false, true])
        {
            var wires = new Dictionary<int, IModelProvider> { [Few] = Wire(Few, waits), [Many] = Wire(Many, waits) };
            await Pairs.CompareAsync(
                waits ? "waited for" : "at once",
                (Few, Many),
                ("none", pieces => ReadAsync(wires[pieces], pieces)),
                ("time limits", pieces => ReadAsync(Around(wires[pieces], new GptPipelineOptions { Timeouts = new TimeoutOptions() }), pieces)),
                ("retry, breaker, resume", pieces => ReadAsync(Around(wires[pieces], GptPipelineOptions.Standard with { Timeouts = null }), pieces)),
                ("all of them", pieces => ReadAsync(Around(wires[pieces], GptPipelineOptions.Standard), pieces)),
                ("and a cache that misses", pieces => ReadAsync(Around(wires[pieces], Missing), pieces)),
                ("and a budget, ledger in memory", pieces => ReadAsync(Around(wires[pieces], Whole), pieces)),
                ("and the ledger in a file", pieces => ReadAsync(Around(wires[pieces], Filed), pieces))).ConfigureAwait(false);
        }
    }

    private static readonly string Folder = Directory.CreateTempSubdirectory("omega-bench-").FullName;

    private static readonly GptPipelineOptions Missing = GptPipelineOptions.Standard with { Cache = new CacheOptions() };

    private static readonly GptPipelineOptions Whole = Missing with { Usage = Limited(UsageLedger.InMemory()) };

    private static readonly GptPipelineOptions Filed = Missing with { Usage = Limited(new UsageLedger(Path.Combine(Folder, "usage.db"))) };

    private static UsageOptions Limited(UsageLedger ledger) => new() { Ledger = ledger, Budget = new Budget { PerTurn = 1_000_000m, PerDay = 1_000_000m }, LiveSpend = TimeSpan.FromSeconds(1) };

    private static ChatCompletionsProvider Wire(int pieces, bool waits)
    {
        var client = MemoryServer.Client(pieces, waits);
        return new ChatCompletionsProvider(new WireOptions { Name = "memory", BaseUrl = "http://memory.invalid/v1", Client = () => client });
    }

    // As each turn does it; what is made once for an engine is made once here, too.
    private static IModelProvider Around(IModelProvider wire, GptPipelineOptions options)
    {
        if (!Pipelines.TryGetValue((wire, options), out var pipeline))
            Pipelines[(wire, options)] = pipeline = new ModelPipeline(options, TimeProvider.System);
        var model = new ResolvedModel(wire, "memory", "m", Priced);
        return pipeline.Around(model, pipeline.Route(model, [], static _ => throw new NotSupportedException(), new GenerationOptions(), RequestContents.None), CacheUse.On, null).Steps;
    }

    private static readonly ModelInfo Priced = ModelCatalog.Default.Find("openai", "gpt-4.1") ?? throw new InvalidOperationException("The catalogue has no gpt-4.1.");

    private static readonly Dictionary<(IModelProvider, GptPipelineOptions), ModelPipeline> Pipelines = [];

    private static async Task<int> ReadAsync(IModelProvider provider, int pieces)
    {
        var characters = 0;
        await foreach (var delta in provider.StreamAsync(new ModelRequest { Model = "m", Info = Priced, Messages = [Message.User("How is Bitcoin?")] }).ConfigureAwait(false))
        {
            if (delta is TextDelta text)
                characters += text.Text.Length;
        }

        return characters > pieces ? characters : throw new InvalidOperationException($"{characters} characters are not the answer.");
    }
}
