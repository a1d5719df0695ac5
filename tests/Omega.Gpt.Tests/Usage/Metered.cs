using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Usage;

/// <summary>An engine that counts, over a model server, and what came of its turns.</summary>
internal static class Metered
{
    /// <summary>2 dollars for a million tokens in, 8 out; an answer of at most 32,768 tokens.</summary>
    public static readonly ModelInfo Priced = new()
    {
        Provider = "openai",
        Name = "gpt-4.1",
        Context = 1_000_000,
        MaxOutput = 32_768,
        Tokenizer = "o200k_base",
        Prices = [new PriceTier { Input = 2m, Output = 8m, CacheRead = 0.5m }],
    };

    public static GptEngine Engine(ModelServer server, UsageLedger ledger, Budget? budget = null, TimeSpan? live = null, TimeProvider? time = null, ModelInfo? info = null)
    {
        var registry = new ProviderRegistry((_, options) => new ChatCompletionsProvider(options, time), catalog: ModelCatalog.Default.With(info ?? Priced), time: time);
        registry.Configure("openai", new ProviderSettings { ApiKey = "sk-test", BaseUrl = server.BaseUrl + "/v1" });
        var pipeline = new GptPipelineOptions { Usage = new UsageOptions { Ledger = ledger, Budget = budget, LiveSpend = live } };
        return new GptEngine(registry, new GenerationOptions { Model = "openai/gpt-4.1" }, time: time, pipeline: pipeline);
    }

    /// <summary>Runs a turn in a conversation of its own.</summary>
    public static async Task<(List<GptEvent> Events, Exception? Error)> AskAsync(GptEngine engine, string prompt = "hello", TurnOptions? options = null, CancellationToken cancellationToken = default) =>
        await Turns.Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User(prompt)], options, cancellationToken));

    /// <summary>A stream of so many pieces of one token each, and no end.</summary>
    public static Reply Endless(int pieces) => Reply.Stream(ChatCompletionsStream.Create().Text([.. Enumerable.Repeat(" word", pieces)]));

    /// <summary>As many pieces as the request allows, then the end and the bill.</summary>
    public static Reply Obedient(ReceivedRequest request, int prompt, int longest)
    {
        var most = request.Json.TryGetProperty("max_completion_tokens", out var limit) || request.Json.TryGetProperty("max_tokens", out limit) ? limit.GetInt32() : int.MaxValue;
        var pieces = Math.Min(most, longest);
        return Reply.Stream(ChatCompletionsStream.Create().Text([.. Enumerable.Repeat(" word", pieces)]).Finish(pieces == most ? "length" : "stop").Usage(prompt, pieces).Done());
    }
}
