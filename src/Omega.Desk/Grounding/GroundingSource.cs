using System.Text.Json;

namespace Omega.Desk;

/// <summary>Something that figures of an answer may come from. Immutable.</summary>
public sealed record GroundingSource
{
    private GroundingSource()
    {
    }

    /// <summary>What to cite: the result's own <c>ref</c>, or the id of its call; <c>prompt</c>.</summary>
    public required string Ref { get; init; }

    /// <summary>Whether it was given to the model by a person or by the model to a function, so that repeating it claims nothing.</summary>
    public bool IsGiven { get; private init; }

    /// <summary>What a function gave; null for a text.</summary>
    internal JsonElement? Json { get; private init; }

    /// <summary>The arguments that a result answers.</summary>
    internal JsonElement? Arguments { get; private init; }

    /// <summary>A text.</summary>
    internal string? Text { get; private init; }

    /// <summary>What a function gave.</summary>
    /// <param name="call">The id of the call; a <c>ref</c> in the result comes before it.</param>
    /// <param name="result">The result, of any shape.</param>
    /// <param name="arguments">What the function was called with: no claims, but they say which market a result is about that does not say so itself.</param>
    public static GroundingSource Result(string call, JsonElement result, JsonElement? arguments = null)
    {
        var own = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("ref", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return new GroundingSource { Ref = own ?? call, Json = result, Arguments = arguments };
    }

    /// <summary>What a person said: their own figures are no claims of the answer.</summary>
    /// <param name="text">The prompt.</param>
    public static GroundingSource Prompt(string text) => new() { Ref = "prompt", Text = text, IsGiven = true };
}
