using System.Text.Json.Serialization;

namespace Omega.Gpt.Models;

/// <summary>What the catalogue knows of a model. Immutable.</summary>
public sealed record ModelInfo
{
    /// <summary>The provider, such as <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's name as it goes out.</summary>
    public required string Name { get; init; }

    /// <summary>Other names for the same model (dated snapshots among them).</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Context window in tokens, input and output together; null when unknown.</summary>
    public int? Context { get; init; }

    /// <summary>Most output tokens of one answer; null when unknown.</summary>
    public int? MaxOutput { get; init; }

    /// <summary>The vocabulary that the model's tokens are counted with, such as <c>o200k_base</c>; null where it is not public, and counts are estimates.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Price tiers, lowest threshold first; empty when the price is unknown.</summary>
    public IReadOnlyList<PriceTier> Prices { get; init; } = [];

    /// <summary>Whether the real price also depends on what the catalogue does not know (hour of the day, promotions). <see cref="Prices"/> are then the dearest known to hold today, and costs are estimates.</summary>
    public bool PricesVary { get; init; }

    /// <summary>What the model can take and do.</summary>
    public ModelCapabilities Capabilities { get; init; } = new();

    /// <summary>Where in its life the model is. Default <see cref="ModelLifecycle.Active"/>.</summary>
    public ModelLifecycle Lifecycle { get; init; }

    /// <summary>The first day on which the provider refuses the model; null when no day is announced.</summary>
    public DateOnly? RetiresOn { get; init; }

    /// <summary>The model of the same provider that takes its place; null when none is named.</summary>
    public string? Successor { get; init; }

    /// <summary>Where figures and lifecycle come from: a page and a date.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the provider refuses the model on a day.</summary>
    /// <param name="day">The day, UTC.</param>
    public bool IsRetired(DateOnly day) => Lifecycle == ModelLifecycle.Retired || RetiresOn <= day;

    /// <summary><c>provider/model</c>.</summary>
    public override string ToString() => $"{Provider}/{Name}";
}

/// <summary>Prices in US dollars for one million tokens, for requests whose input is above a threshold.</summary>
public sealed record PriceTier
{
    /// <summary>Input tokens above which this tier holds. 0 for the first tier.</summary>
    public long AboveInput { get; init; }

    /// <summary>Input tokens that no cache served.</summary>
    public required decimal Input { get; init; }

    /// <summary>Output tokens, reasoning included.</summary>
    public required decimal Output { get; init; }

    /// <summary>Input tokens read from the prompt cache; null when they cost what <see cref="Input"/> costs.</summary>
    public decimal? CacheRead { get; init; }

    /// <summary>Input tokens written to the prompt cache; null when they cost what <see cref="Input"/> costs.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Input tokens written to a prompt cache that keeps them for an hour; null when they cost what <see cref="CacheWrite"/> costs.</summary>
    public decimal? CacheWriteHour { get; init; }
}

/// <summary>What a model can take and do. The defaults are what an unknown model is taken for: everything is passed on.</summary>
public sealed record ModelCapabilities
{
    /// <summary>Function calling. Default true.</summary>
    public bool Functions { get; init; } = true;

    /// <summary>Functions over Chat Completions while it reasons; where false, it wants Responses for that. Default true.</summary>
    public bool FunctionsOverChat { get; init; } = true;

    /// <summary>Images as input. Default true: an unknown model's provider decides.</summary>
    public bool Images { get; init; } = true;

    /// <summary>Files (PDF) as input. Default true: an unknown model's provider decides.</summary>
    public bool Files { get; init; } = true;

    /// <summary>Answers held to a JSON Schema. Default true.</summary>
    public bool JsonSchema { get; init; } = true;

    /// <summary>Reasons before it answers and takes a reasoning effort. Default false.</summary>
    public bool Reasoning { get; init; }

    /// <summary>The efforts it takes; null when unknown, and any is passed on.</summary>
    public IReadOnlyList<ReasoningEffort>? Efforts { get; init; }

    /// <summary>Whether it reasons when no effort is given. Default true; counts only where <see cref="Reasoning"/> is true.</summary>
    public bool ReasonsByDefault { get; init; } = true;

    /// <summary>Takes <c>temperature</c>. Default true.</summary>
    public bool Temperature { get; init; } = true;

    /// <summary>Takes <c>top_p</c>. Default true.</summary>
    public bool TopP { get; init; } = true;

    /// <summary>Takes <c>temperature</c> and <c>top_p</c>, refused otherwise, when it does not reason (effort <c>none</c>). Default false.</summary>
    public bool SamplingWithoutReasoning { get; init; }

    /// <summary>Takes <c>temperature</c> and <c>top_p</c> in one request. Default true.</summary>
    public bool TemperatureWithTopP { get; init; } = true;

    /// <summary>Takes stop sequences. Default true.</summary>
    public bool Stop { get; init; } = true;

    /// <summary>Takes a seed. Default true.</summary>
    public bool Seed { get; init; } = true;

    /// <summary>
    /// Continues an assistant message given as the last one (prefill), where it does not reason first. How it is asked for is the wire's
    /// business. Default false.
    /// </summary>
    public bool PrefixContinuation { get; init; }
}

/// <summary>Where in its life a model is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelLifecycle>))]
public enum ModelLifecycle
{
    /// <summary>In service.</summary>
    [JsonStringEnumMemberName("active")] Active,

    /// <summary>In service without a promise.</summary>
    [JsonStringEnumMemberName("preview")] Preview,

    /// <summary>In service, with an end announced.</summary>
    [JsonStringEnumMemberName("deprecated")] Deprecated,

    /// <summary>Out of service.</summary>
    [JsonStringEnumMemberName("retired")] Retired,
}
