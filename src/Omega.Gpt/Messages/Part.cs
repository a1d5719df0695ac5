using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>One piece of a <see cref="Message"/>; the order of parts is the order in which the model wrote them.</summary>
/// <remarks>In JSON a part is an object with a <c>type</c>; a type this version does not know is kept as an <see cref="UnknownPart"/>.</remarks>
[JsonConverter(typeof(PartConverter))]
public abstract record Part
{
    private protected Part()
    {
    }

    /// <summary>Fields of the JSON form that this version does not know; written back unchanged. Null when there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>Text. JSON: <c>{"type":"text","text"}</c>.</summary>
/// <param name="Text">The text, as it arrived.</param>
public sealed record TextPart(string Text) : Part;

/// <summary>What the model showed of its reasoning. For people; never sent back (see <see cref="OpaquePart"/>). JSON: <c>{"type":"reasoning","text"}</c>.</summary>
/// <param name="Text">The reasoning text or its summary.</param>
public sealed record ReasoningPart(string Text) : Part;

/// <summary>The model's or the provider's refusal. JSON: <c>{"type":"refusal","text"}</c>.</summary>
/// <param name="Text">The reason, as the provider gave it.</param>
public sealed record RefusalPart(string Text) : Part;

/// <summary>An image given to the model: bytes or a URL. JSON: <c>{"type":"image","media_type","data"|"url","detail"}</c>, <c>data</c> in base64.</summary>
public sealed record ImagePart : Part
{
    /// <summary>The bytes; null when <see cref="Url"/> is given.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>Where the provider can fetch the image; null when <see cref="Data"/> is given.</summary>
    public string? Url { get; init; }

    /// <summary>Media type, such as <c>image/png</c>. Required with <see cref="Data"/>.</summary>
    public string? MediaType { get; init; }

    /// <summary><c>low</c>, <c>high</c> or <c>auto</c>; null leaves it to the provider.</summary>
    public string? Detail { get; init; }
}

/// <summary>A file given to the model: bytes or a URL. JSON: <c>{"type":"file","media_type","data"|"url","name"}</c>, <c>data</c> in base64.</summary>
public sealed record FilePart : Part
{
    /// <summary>The bytes; null when <see cref="Url"/> is given.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>Where the provider can fetch the file; null when <see cref="Data"/> is given.</summary>
    public string? Url { get; init; }

    /// <summary>Media type, such as <c>application/pdf</c>. Required with <see cref="Data"/>.</summary>
    public string? MediaType { get; init; }

    /// <summary>The file's name as the model should see it.</summary>
    public string? Name { get; init; }
}

/// <summary>A function call written by the model. JSON: <c>{"type":"function_call","call","name","arguments"}</c>.</summary>
/// <param name="Call">Our id: <c>{turn}.{step}.{index}</c>. Wires map it to what their provider accepts.</param>
/// <param name="Name">The function's name, as the model wrote it.</param>
/// <param name="Arguments">The arguments as JSON text, exactly as the model wrote them; incomplete where the message is not <see cref="MessageState.Complete"/>.</param>
public sealed record FunctionCallPart(string Call, string Name, string Arguments) : Part;

/// <summary>The result of a function call. JSON: <c>{"type":"function_result","call","name","result","is_error"}</c>.</summary>
/// <param name="Call">The id of the call this answers.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Result">The result as a JSON value; a JSON string is given to the model as plain text, anything else as compact JSON.</param>
public sealed record FunctionResultPart(string Call, string Name, JsonElement Result) : Part
{
    /// <summary>Whether <see cref="Result"/> describes a failure. Default false.</summary>
    public bool IsError { get; init; }
}

/// <summary>
/// State that a wire must get back verbatim (signatures, encrypted reasoning, item ids): stored, sent back unchanged and in place
/// to the same provider and model, dropped for any other. JSON: <c>{"type":"opaque","provider","model","kind","json"}</c>.
/// </summary>
/// <param name="Provider">The provider's name, such as <c>anthropic</c>.</param>
/// <param name="Model">The model's name as it was requested.</param>
/// <param name="Kind">What it is, in the wire's own words: <c>thinking</c>, <c>reasoning</c>, <c>message</c>, <c>reasoning_content</c>, …</param>
/// <param name="Json">JSON text, byte for byte as received (a string in the document, so that no formatter can touch it).</param>
public sealed record OpaquePart(string Provider, string Model, string Kind, string Json) : Part;

/// <summary>A part of a type this version does not know; kept and written back, never sent.</summary>
/// <param name="Type">The <c>type</c> it came with.</param>
/// <param name="Json">The whole part.</param>
public sealed record UnknownPart(string Type, JsonElement Json) : Part;
