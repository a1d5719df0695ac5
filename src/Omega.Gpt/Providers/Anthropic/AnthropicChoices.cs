using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>
/// What this wire makes of a request's options beyond writing them down. <c>max_tokens</c>, which the wire requires, is the caller's, else the
/// catalogue's output limit, else 4,096 (with a budget for thinking on top of it).
/// </summary>
internal sealed record AnthropicChoices
{
    private const int DefaultMaxTokens = 4_096;
    private const int LeastBudget = 1_024;

    /// <summary>What was left out.</summary>
    public required OptionGate Gate { get; init; }

    public required int MaxTokens { get; init; }

    public double? Temperature { get; private init; }

    public FunctionChoice? FunctionChoice { get; private init; }

    /// <summary>The type of <c>thinking</c>: <c>enabled</c>, <c>adaptive</c> or <c>disabled</c>; null to say nothing of it.</summary>
    public string? Thinking { get; private init; }

    /// <summary>Tokens to think with, below <see cref="MaxTokens"/>; null unless <see cref="Thinking"/> is <c>enabled</c>.</summary>
    public int? Budget { get; private init; }

    /// <summary><c>low</c>, <c>medium</c> or <c>high</c>; null to leave it to the model.</summary>
    public string? Effort { get; private init; }

    /// <exception cref="GptException">An option is set that the wire does not carry, and the request is not lenient.</exception>
    public static AnthropicChoices Of(ModelRequest request, string provider)
    {
        var (options, gate) = (request.Options, new OptionGate(request, provider));
        if (options.Seed is not null)
            gate.Refuse($"Seed is {options.Seed}, and Anthropic takes none");
        var (thinking, budget, effort, maxTokens) = Think(request, gate);
        var thinks = thinking is "enabled" or "adaptive" && options.ReasoningEffort is not (null or ReasoningEffort.None);
        return new AnthropicChoices
        {
            Gate = gate,
            MaxTokens = maxTokens,
            Temperature = Temperate(options.Temperature, thinks, gate),
            FunctionChoice = Choose(options.FunctionChoice, thinks && request.Functions.Count > 0, gate),
            Thinking = thinking,
            Budget = budget,
            Effort = effort,
        };
    }

    private static (string? Thinking, int? Budget, string? Effort, int MaxTokens) Think(ModelRequest request, OptionGate gate)
    {
        var effort = request.Options.ReasoningEffort;
        var maxTokens = request.Options.MaxTokens ?? request.Info?.MaxOutput ?? DefaultMaxTokens;
        var mode = ClaudeThinking.Of(request.Model);
        if (mode == ThinkingMode.Budget)
        {
            if (effort is null or ReasoningEffort.None)
                return (null, null, null, maxTokens);
            var budget = effort switch { ReasoningEffort.Minimal => LeastBudget, ReasoningEffort.Low => 4_096, ReasoningEffort.High => 16_384, _ => 8_192 };
            if (request.Options.MaxTokens is null && request.Info?.MaxOutput is null)
                return ("enabled", budget, null, maxTokens + budget);
            if (maxTokens > LeastBudget)
                return ("enabled", Math.Clamp(budget, LeastBudget, Math.Max(LeastBudget, maxTokens / 2)), null, maxTokens); // half is left for the answer
            gate.Refuse($"ReasoningEffort needs MaxTokens above {LeastBudget}, and MaxTokens is {maxTokens}");
            return (null, null, null, maxTokens);
        }

        return effort switch
        {
            null => (mode == ThinkingMode.Adaptive || IsForced(request) ? null : "adaptive", null, null, maxTokens),
            ReasoningEffort.None when mode == ThinkingMode.Adaptive => (null, null, null, maxTokens),
            ReasoningEffort.None when mode == ThinkingMode.AdaptiveByDefault => ("disabled", null, null, maxTokens),
            ReasoningEffort.None => (IsForced(request) ? null : "adaptive", null, "low", maxTokens),
            _ => ("adaptive", null, effort switch { ReasoningEffort.High => "high", ReasoningEffort.Medium => "medium", _ => "low" }, maxTokens),
        };
    }

    private static bool IsForced(ModelRequest request) => request.Functions.Count > 0 && request.Options.FunctionChoice is { Kind: "required" or "function" };

    private static double? Temperate(double? temperature, bool thinks, OptionGate gate)
    {
        if (thinks && temperature is not (null or 1))
        {
            gate.Refuse(FormattableString.Invariant($"Temperature is {temperature}, and a model that thinks takes none"));
            return null;
        }

        if (temperature is not > 1)
            return temperature;
        gate.Refuse(FormattableString.Invariant($"Temperature is {temperature}; Anthropic takes 0 to 1"), "it was sent as 1");
        return 1;
    }

    private static FunctionChoice? Choose(FunctionChoice? choice, bool thinks, OptionGate gate)
    {
        if (!thinks || choice is not { Kind: "required" or "function" })
            return choice;
        gate.Refuse($"FunctionChoice is {choice.FunctionName ?? choice.Kind}, and a model that thinks takes auto or none alone", "the model was left to decide");
        return null;
    }
}
