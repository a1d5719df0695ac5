using System.Text.Json.Nodes;

namespace Omega.Gpt;

/// <summary>How to generate. Null means "not set": the next outer level decides (turn, then engine, then provider).</summary>
public record GenerationOptions
{
    /// <summary>The model as <c>provider/model</c>, such as <c>openai/gpt-4.1</c>; see <c>omega models</c>.</summary>
    public string? Model { get; set; }

    /// <summary>Instructions that go first in every request; not stored in the conversation.</summary>
    public string? SystemMessage { get; set; }

    /// <summary>Sampling temperature.</summary>
    /// <value>0 to 2.</value>
    public double? Temperature { get; set; }

    /// <summary>Most tokens that the model may write in one step, reasoning included.</summary>
    /// <value>At least 1. On Anthropic, which requires it, the catalogue's output limit when not set.</value>
    public int? MaxTokens { get; set; }

    /// <summary>Nucleus sampling.</summary>
    /// <value>Above 0, up to 1.</value>
    public double? TopP { get; set; }

    /// <summary>Texts at which the model stops; they are not part of the answer.</summary>
    /// <value>Up to 16, none empty.</value>
    public IReadOnlyList<string>? StopSequences { get; set; }

    /// <summary>Asks for repeatable sampling where the provider has it.</summary>
    public long? Seed { get; set; }

    /// <summary>How much a reasoning model thinks; mapped to each wire.</summary>
    public ReasoningEffort? ReasoningEffort { get; set; }

    /// <summary>The form of the answer. Default text.</summary>
    public ResponseFormat? ResponseFormat { get; set; }

    /// <summary>Whether the model may, must or must not call functions. Default auto.</summary>
    public FunctionChoice? FunctionChoice { get; set; }

    /// <summary>Whether the model may write several calls in one step; the provider's default (usually yes) when not set.</summary>
    public bool? ParallelCalls { get; set; }

    /// <summary>Use of the provider's prompt cache. Default auto.</summary>
    public PromptCaching? PromptCaching { get; set; }

    /// <summary>Fields merged into the request's JSON body last; they win. For options of one provider.</summary>
    public JsonObject? ExtraBody { get; set; }

    /// <summary>Headers added to the request; they win, except over the key.</summary>
    public IReadOnlyDictionary<string, string>? ExtraHeaders { get; set; }

    /// <summary>Whether an option that the model does not take is left out with a notice instead of refused. Default false.</summary>
    public bool? Lenient { get; set; }

    /// <summary>These options, with what is not set taken from <paramref name="outer"/>.</summary>
    /// <param name="outer">The next outer level.</param>
    public GenerationOptions Over(GenerationOptions outer) => new()
    {
        Model = Model ?? outer.Model,
        SystemMessage = SystemMessage ?? outer.SystemMessage,
        Temperature = Temperature ?? outer.Temperature,
        MaxTokens = MaxTokens ?? outer.MaxTokens,
        TopP = TopP ?? outer.TopP,
        StopSequences = StopSequences ?? outer.StopSequences,
        Seed = Seed ?? outer.Seed,
        ReasoningEffort = ReasoningEffort ?? outer.ReasoningEffort,
        ResponseFormat = ResponseFormat ?? outer.ResponseFormat,
        FunctionChoice = FunctionChoice ?? outer.FunctionChoice,
        ParallelCalls = ParallelCalls ?? outer.ParallelCalls,
        PromptCaching = PromptCaching ?? outer.PromptCaching,
        ExtraBody = ExtraBody ?? outer.ExtraBody,
        ExtraHeaders = ExtraHeaders ?? outer.ExtraHeaders,
        Lenient = Lenient ?? outer.Lenient,
    };

    /// <summary>Checks ranges.</summary>
    /// <exception cref="GptException">An option is out of range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        Check(Temperature is null or (>= 0 and <= 2), "Temperature", Temperature, "0 to 2");
        Check(MaxTokens is null or >= 1, "MaxTokens", MaxTokens, "1 or more");
        Check(TopP is null or (> 0 and <= 1), "TopP", TopP, "above 0, up to 1");
        Check(StopSequences is null or { Count: <= 16 }, "StopSequences", StopSequences?.Count, "at most 16 texts");
        Check(StopSequences is null || StopSequences.All(stop => !string.IsNullOrEmpty(stop)), "StopSequences", "an empty text", "texts of at least one character");
        FunctionChoice?.Validate();
        ResponseFormat?.Validate();
    }

    private static void Check(bool holds, string option, object? value, string range)
    {
        if (!holds)
            throw new GptException(GptErrorKind.BadRequest, FormattableString.Invariant($"{option} is {value}; allowed: {range}.")) { Phase = GptPhase.Request };
    }
}
