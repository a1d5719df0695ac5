using System.Text.Json;

namespace Omega.Gpt;

/// <summary>A function as a file defines it, with its place in the text.</summary>
/// <param name="Definition">What was read.</param>
/// <param name="Text">The text it stands in.</param>
/// <param name="Json">The entry.</param>
/// <param name="Path">Its path.</param>
internal sealed record FunctionPlace(FunctionDefinition Definition, FunctionSetText Text, JsonElement Json, IReadOnlyList<object> Path)
{
    /// <summary>The error for one of the entry's fields that are not for the model, or for a part of it.</summary>
    public FunctionFileException Invalid(string field, string problem, params IEnumerable<object> below) =>
        Text.Invalid([.. Path, .. Json.TryGetProperty(field, out _) ? (object[])[field] : ["function", field], .. below], problem);
}
