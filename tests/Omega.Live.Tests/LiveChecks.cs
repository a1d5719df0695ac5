using System.Text.Json;
using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Live.Tests;

/// <summary>What has to hold of a model over a wire, whoever answers: a provider, or a server of ours.</summary>
internal sealed class LiveChecks(ProviderRegistry providers, LiveBudget budget)
{
    private const int Tokens = 64;
    private const int ReasoningTokens = 1024;

    private static readonly FunctionDefinition Weather = new(
        "get_weather",
        "The weather of a city.",
        JsonElement.Parse("""{"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": false}"""));

    private readonly GptEngine _engine = new(providers);

    /// <summary>The answer comes whole, and in pieces.</summary>
    public async Task StreamingAsync(string model, CancellationToken cancellationToken)
    {
        var (events, completed) = await AskAsync(model, "Answer with the numbers from 1 to 20, separated by spaces, and nothing else.", null, cancellationToken);
        var pieces = events.OfType<TextDeltaEvent>().ToList();
        Assert.Equal(string.Concat(pieces.Select(piece => piece.Text)), completed.Text);
        Assert.Contains("19", completed.Text, StringComparison.Ordinal);
        Assert.Equal(FinishReason.Stop, completed.FinishReason);
        Assert.NotNull(completed.Timing.FirstTokenMs);
    }

    /// <summary>A function is called with arguments that are whole, and the turn waits for its result.</summary>
    public async Task CallingAsync(string model, CancellationToken cancellationToken)
    {
        var (events, completed) = await AskAsync(model, "What is the weather in Lisbon? Use the function.", new FunctionSet(Weather), cancellationToken);
        var call = Assert.Single(events.OfType<FunctionCallReadyEvent>());
        Assert.Equal("get_weather", call.Name);
        Assert.Contains("Lisbon", JsonElement.Parse(call.Arguments).GetProperty("city").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal((FinishReason.FunctionCalls, call.Call), (completed.FinishReason, Assert.Single(completed.Pending).Call));
    }

    /// <summary>Tokens are reported and add up, and the catalogue's price makes a cost of them.</summary>
    public async Task UsageAsync(string model, CancellationToken cancellationToken)
    {
        var (_, completed) = await AskAsync(model, "Answer with the word yes.", null, cancellationToken);
        Assert.NotNull(completed.Usage);
        Assert.InRange(completed.Usage.Input.Total ?? 0, 1, 5000);
        Assert.InRange(completed.Usage.Output.Total ?? 0, 1, ReasoningTokens);
        Assert.NotNull(completed.Cost);
        Assert.True(completed.Cost.Usd > 0);
    }

    /// <summary>A model that continues an answer goes on where the beginning ends, and does not say it again.</summary>
    public async Task ContinuingAsync(string model, CancellationToken cancellationToken)
    {
        const string prompt = "Count from 1 to 12 in digits, separated by single spaces, and nothing else.";
        const string beginning = "1 2 3 4 5 6";
        var resolved = providers.Resolve(model);
        var text = "";
        FinishedDelta? finished = null;
        UsageDelta? usage = null;
        var reserved = budget.Reserve(Known(resolved.Info, model), prompt + beginning, Tokens);
        await foreach (var delta in resolved.Provider.StreamAsync(
            new ModelRequest { Model = resolved.Model, Info = resolved.Info, Messages = [Message.User(prompt), Message.Assistant(beginning)], Options = new GenerationOptions { MaxTokens = Tokens } },
            cancellationToken))
        {
            text += (delta as TextDelta)?.Text;
            finished = delta as FinishedDelta ?? finished;
            usage = delta as UsageDelta ?? usage;
        }

        budget.Settle(reserved, usage is null ? null : Pricing.Price(usage.Usage, resolved.Info, usage.BilledUsd));
        Assert.NotNull(finished);
        Assert.StartsWith("7", text.TrimStart(), StringComparison.Ordinal);
        Assert.EndsWith("12", text.TrimEnd().TrimEnd('.'), StringComparison.Ordinal);
    }

    /// <summary>Whether the model continues an answer when nobody asks it to reason.</summary>
    public bool Continues(string model) =>
        providers.Identify(model).Info?.Capabilities is { PrefixContinuation: true } takes && !(takes.Reasoning && takes.ReasonsByDefault);

    private static ModelInfo Known(ModelInfo? info, string model) => info ?? throw new InvalidOperationException($"Nothing is known of {model}, its price least of all, so it is not asked.");

    private async Task<(List<GptEvent> Events, TurnCompletedEvent Completed)> AskAsync(string model, string prompt, FunctionSet? functions, CancellationToken cancellationToken)
    {
        var info = Known(providers.Identify(model).Info, model);
        var most = Math.Min(info.Capabilities.Reasoning ? ReasoningTokens : Tokens, info.MaxOutput ?? int.MaxValue);
        var reserved = budget.Reserve(info, prompt, most);
        var options = new TurnOptions
        {
            Model = model,
            Functions = functions,
            MaxTokens = most,
            ReasoningEffort = info.Capabilities.Efforts is { Count: > 0 } efforts ? efforts.Min() : null,
            Timeout = TimeSpan.FromSeconds(60),
        };
        var events = new List<GptEvent>();
        await foreach (var gptEvent in _engine.RunAsync(_engine.NewConversation(), [Message.User(prompt)], options, cancellationToken))
            events.Add(gptEvent);
        var completed = Assert.IsType<TurnCompletedEvent>(events[^1]);
        budget.Settle(reserved, completed.Cost);
        return (events, completed);
    }
}
