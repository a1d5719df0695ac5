using System.Diagnostics;

namespace Omega.Gpt.Providers;

/// <summary>One request to a model. Immutable.</summary>
public sealed record ModelRequest
{
    /// <summary>The model's name without the provider, as it goes out.</summary>
    public required string Model { get; init; }

    /// <summary>The messages, oldest first; system messages among them.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>The functions that the model may call; empty for none.</summary>
    public IReadOnlyList<FunctionDefinition> Functions { get; init; } = [];

    /// <summary>How to generate; a null option is left to the provider.</summary>
    public GenerationOptions Options { get; init; } = new();

    /// <summary>What the catalogue knows of the model; null for a model it does not know.</summary>
    public Models.ModelInfo? Info { get; init; }

    /// <summary>The conversation's id, for cache keys; null when there is none.</summary>
    public string? Conversation { get; init; }

    /// <summary>The turn that asks; null outside of one.</summary>
    public string? Turn { get; init; }

    /// <summary>The turn's step, from 1; 0 outside of a turn.</summary>
    public int Step { get; init; }

    /// <summary>The turn's functions, with how each is run; null outside of one.</summary>
    internal FunctionSet? Set { get; init; }

    /// <summary>The span of the turn, for those of its calls; none where nobody listens.</summary>
    internal ActivityContext Trace { get; init; }

    /// <summary>For whom the turn asks: answers are not given again to anybody else. Null for nobody in particular.</summary>
    internal string? Tenant { get; init; }

    /// <summary>Most US dollars that the turn may spend; null where the pipeline's own limit holds.</summary>
    internal decimal? TurnBudget { get; init; }

    /// <summary>Whether the last message is the beginning of the answer, for the model to go on with.</summary>
    internal bool ContinuesAnswer => Info?.Capabilities.PrefixContinuation == true
        && Messages is [.., { Role: Role.Assistant, Text.Length: > 0 } last] && !last.Parts.Any(part => part is FunctionCallPart);

    /// <summary>The call of the wire that this request is for; null above the stages that make calls.</summary>
    internal Attempt? Attempt { get; init; }
}
