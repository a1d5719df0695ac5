using System.Text.Json;

namespace Omega.Gpt;

/// <summary>What a model is told of a function.</summary>
/// <param name="Name">1 to 64 of <c>a-z A-Z 0-9 _ -</c>.</param>
/// <param name="Description">What it does and when to call it; null for none.</param>
/// <param name="Parameters">JSON Schema (2020-12) of the arguments; its type is <c>object</c>.</param>
public sealed record FunctionDefinition(string Name, string? Description, JsonElement Parameters)
{
    /// <summary>Asks the provider to hold the model to the schema (OpenAI's strict mode). Null leaves it to the provider.</summary>
    public bool? Strict { get; init; }

    /// <summary>Fields of the definition's JSON form that are not for the model (<c>effect</c>, <c>command</c>, …); never sent. Null when there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Extra { get; init; }
}
