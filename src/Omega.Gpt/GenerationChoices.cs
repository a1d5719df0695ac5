using System.Text.Json;

namespace Omega.Gpt;

/// <summary>How much a reasoning model thinks.</summary>
public enum ReasoningEffort
{
    /// <summary>Not at all, where the model can do without.</summary>
    None,

    /// <summary>As little as it can.</summary>
    Minimal,

    /// <summary>A little.</summary>
    Low,

    /// <summary>The usual amount.</summary>
    Medium,

    /// <summary>A lot.</summary>
    High,
}

/// <summary>Use of the provider's prompt cache.</summary>
public enum PromptCaching
{
    /// <summary>On: marks the system message, the functions and the last stable message on Anthropic; sets a cache key on OpenAI.</summary>
    Auto,

    /// <summary>No marks and no key.</summary>
    Off,

    /// <summary>As <see cref="Auto"/>, kept for an hour where the provider offers it.</summary>
    OneHour,
}

/// <summary>The form of the answer.</summary>
public sealed record ResponseFormat
{
    private ResponseFormat(string kind) => Kind = kind;

    /// <summary>Free text.</summary>
    public static ResponseFormat Text { get; } = new("text");

    /// <summary>Any JSON object.</summary>
    public static ResponseFormat Json { get; } = new("json");

    /// <summary><c>text</c>, <c>json</c> or <c>json_schema</c>.</summary>
    public string Kind { get; }

    /// <summary>The schema's name; null without a schema.</summary>
    public string? Name { get; private init; }

    /// <summary>The schema; null without one.</summary>
    public JsonElement? Schema { get; private init; }

    /// <summary>Whether the provider is asked for its strict mode, which takes only some schemas: see <see cref="StrictSchema"/>.</summary>
    public bool IsStrict { get; private init; }

    /// <summary>JSON that fits a schema.</summary>
    /// <param name="name">1 to 64 of <c>a-z A-Z 0-9 _ -</c>.</param>
    /// <param name="schema">A JSON Schema whose type is <c>object</c>.</param>
    /// <param name="isStrict">Whether to ask for the provider's strict mode.</param>
    public static ResponseFormat JsonSchema(string name, JsonElement schema, bool isStrict = true) =>
        new("json_schema") { Name = name, Schema = schema, IsStrict = isStrict };

    internal void Validate()
    {
        if (Kind == "json_schema" && (!FunctionChoice.IsName(Name) || Schema?.ValueKind != JsonValueKind.Object))
            throw new GptException(GptErrorKind.BadRequest, $"ResponseFormat needs a name of 1 to 64 letters, digits, _ or - (it is \"{Name}\") and a schema that is a JSON object.") { Phase = GptPhase.Request };
    }
}

/// <summary>Whether the model may, must or must not call functions.</summary>
public sealed record FunctionChoice
{
    private FunctionChoice(string kind, string? name = null) => (Kind, FunctionName) = (kind, name);

    /// <summary>The model decides.</summary>
    public static FunctionChoice Auto { get; } = new("auto");

    /// <summary>No calls.</summary>
    public static FunctionChoice None { get; } = new("none");

    /// <summary>At least one call.</summary>
    public static FunctionChoice Required { get; } = new("required");

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c> or <c>function</c>.</summary>
    public string Kind { get; }

    /// <summary>The function that must be called; null unless <see cref="Kind"/> is <c>function</c>.</summary>
    public string? FunctionName { get; }

    /// <summary>This function must be called.</summary>
    /// <param name="name">The function's name.</param>
    public static FunctionChoice Function(string name) => new("function", name);

    internal void Validate()
    {
        if (Kind == "function" && !IsName(FunctionName))
            throw new GptException(GptErrorKind.BadRequest, $"FunctionChoice names \"{FunctionName}\"; a function's name is 1 to 64 letters, digits, _ or -.") { Phase = GptPhase.Request };
    }

    internal static bool IsName(string? name) =>
        name is { Length: >= 1 and <= 64 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
