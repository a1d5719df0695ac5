using BenchmarkDotNet.Attributes;
using Omega.Gpt;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Anthropic;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Providers.Responses;

namespace Omega.Benchmarks.Streams;

/// <summary>One stream of 200 pieces from memory: the least that can read it, our wire alone, and a whole turn.</summary>
[MemoryDiagnoser]
public abstract class StreamBenchmarks
{
    private readonly HttpClient _client;
    private readonly BareReader _bare;
    private readonly IModelProvider _wire;
    private readonly RealTimeGpt _gpt;
    private readonly ModelRequest _request = new() { Model = "m", Messages = [Message.User(Prompt)] };

    private protected StreamBenchmarks(Wire wire)
    {
        _client = MemoryServer.Client(wire);
        _bare = new BareReader(_client, wire);
        var options = new WireOptions { Name = "memory", BaseUrl = "http://memory.invalid/v1", Client = () => _client, Auth = ProviderAuth.Bearer("no-key") };
        _wire = wire switch
        {
            Wire.ChatCompletions => new ChatCompletionsProvider(options),
            Wire.Responses => new ResponsesProvider(options),
            _ => new AnthropicProvider(options),
        };
        _gpt = Gpt(store: null);
    }

    internal const string Prompt = "How is Bitcoin?";

    private protected HttpClient Client => _client;

    [Benchmark(Baseline = true)]
    public async Task<int> Bare() => Check(await _bare.ReadAsync().ConfigureAwait(false));

    [Benchmark]
    public async Task<int> WireAlone()
    {
        var characters = 0;
        await foreach (var delta in _wire.StreamAsync(_request).ConfigureAwait(false))
        {
            if (delta is TextDelta text)
                characters += text.Text.Length;
        }

        return Check(characters);
    }

    [Benchmark]
    public Task<int> PromptToEvents() => RunAsync(_gpt);

    /// <summary>An engine over this wire.</summary>
    private protected RealTimeGpt Gpt(IConversationStore? store)
    {
        var registry = ProviderRegistry.Create(null, null);
        registry.Add(_wire);
        return new RealTimeGpt(new GptEngine(registry, new GenerationOptions { Model = "memory/m" }, store));
    }

    private protected static async Task<int> RunAsync(RealTimeGpt gpt)
    {
        gpt.Clear();
        var characters = 0;
        await foreach (var gptEvent in gpt.StreamTurnAsync(Message.User(Prompt)).ConfigureAwait(false))
        {
            if (gptEvent is TextDeltaEvent text)
                characters += text.Text.Length;
        }

        return Check(characters);
    }

    private protected static int Check(int characters) => characters == Answer.Characters
        ? characters
        : throw new InvalidOperationException($"{characters} characters were read of {Answer.Characters}.");
}
