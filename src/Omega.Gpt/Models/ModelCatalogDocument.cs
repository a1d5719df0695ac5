using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Gpt.Models;

/// <summary>A catalogue, or changes to one: models by name, with only the fields that are to be said.</summary>
internal sealed class ModelCatalogDocument
{
    public DateOnly? Updated { get; set; }

    public Dictionary<string, string> Defaults { get; set; } = [];

    public required IReadOnlyList<ModelEntry?> Models { get; set; }
}

/// <summary>What a document says of a model; null is "not said". The names are those of <see cref="ModelInfo"/>.</summary>
// Not ModelInfo itself: the generated reader sets every init property, to nothing where the JSON has none, and so loses defaults.
internal sealed class ModelEntry
{
    public string? Provider { get; set; }

    public string? Name { get; set; }

    public IReadOnlyList<string>? Aliases { get; set; }

    public int? Context { get; set; }

    public int? MaxOutput { get; set; }

    public string? Tokenizer { get; set; }

    public IReadOnlyList<PriceTier>? Prices { get; set; }

    public bool? PricesVary { get; set; }

    public CapabilitiesEntry? Capabilities { get; set; }

    public ModelLifecycle? Lifecycle { get; set; }

    public DateOnly? RetiresOn { get; set; }

    public string? Successor { get; set; }

    public string? Source { get; set; }

    /// <summary>The model with what is said here; provider and name stay, as the entry may go by an alias.</summary>
    public ModelInfo Over(ModelInfo model) => model with
    {
        Aliases = Aliases ?? model.Aliases,
        Context = Context ?? model.Context,
        MaxOutput = MaxOutput ?? model.MaxOutput,
        Tokenizer = Tokenizer ?? model.Tokenizer,
        Prices = Prices ?? model.Prices,
        PricesVary = PricesVary ?? model.PricesVary,
        Capabilities = Capabilities?.Over(model.Capabilities) ?? model.Capabilities,
        Lifecycle = Lifecycle ?? model.Lifecycle,
        RetiresOn = RetiresOn ?? model.RetiresOn,
        Successor = Successor ?? model.Successor,
        Source = Source ?? model.Source,
    };
}

/// <summary>What a document says of a model's capabilities; null is "not said". The names are those of <see cref="ModelCapabilities"/>.</summary>
internal sealed class CapabilitiesEntry
{
    public bool? Functions { get; set; }

    public bool? FunctionsOverChat { get; set; }

    public bool? Images { get; set; }

    public bool? Files { get; set; }

    public bool? JsonSchema { get; set; }

    public bool? Reasoning { get; set; }

    public IReadOnlyList<ReasoningEffort>? Efforts { get; set; }

    public bool? ReasonsByDefault { get; set; }

    public bool? Temperature { get; set; }

    public bool? TopP { get; set; }

    public bool? SamplingWithoutReasoning { get; set; }

    public bool? TemperatureWithTopP { get; set; }

    public bool? Stop { get; set; }

    public bool? Seed { get; set; }

    public bool? PrefixContinuation { get; set; }

    public ModelCapabilities Over(ModelCapabilities model) => new()
    {
        Functions = Functions ?? model.Functions,
        FunctionsOverChat = FunctionsOverChat ?? model.FunctionsOverChat,
        Images = Images ?? model.Images,
        Files = Files ?? model.Files,
        JsonSchema = JsonSchema ?? model.JsonSchema,
        Reasoning = Reasoning ?? model.Reasoning,
        Efforts = Efforts ?? model.Efforts,
        ReasonsByDefault = ReasonsByDefault ?? model.ReasonsByDefault,
        Temperature = Temperature ?? model.Temperature,
        TopP = TopP ?? model.TopP,
        SamplingWithoutReasoning = SamplingWithoutReasoning ?? model.SamplingWithoutReasoning,
        TemperatureWithTopP = TemperatureWithTopP ?? model.TemperatureWithTopP,
        Stop = Stop ?? model.Stop,
        Seed = Seed ?? model.Seed,
        PrefixContinuation = PrefixContinuation ?? model.PrefixContinuation,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ModelCatalogDocument))]
internal sealed partial class ModelCatalogJson : JsonSerializerContext;
