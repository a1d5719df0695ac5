using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>One message of a conversation: a role and ordered parts. Immutable.</summary>
[JsonConverter(typeof(MessageConverter))]
public sealed record Message
{
    /// <summary>Id, unique within the conversation; empty for a message that is not in one yet.</summary>
    public string Id { get; init; } = "";

    /// <summary>Who the message is from.</summary>
    public required Role Role { get; init; }

    /// <summary>The parts, in the order in which they were written.</summary>
    public required IReadOnlyList<Part> Parts { get; init; }

    /// <summary>How the message ended. Default <see cref="MessageState.Complete"/>.</summary>
    public MessageState State { get; init; }

    /// <summary>The turn that wrote the message; null for messages from outside.</summary>
    public string? Turn { get; init; }

    /// <summary>The model that wrote the message, as <c>provider/model</c>; null for other roles.</summary>
    public string? Model { get; init; }

    /// <summary>Why the model stopped; null for other roles and for messages that did not end.</summary>
    public FinishReason? FinishReason { get; init; }

    /// <summary>Tokens of the step that wrote the message; null when unknown.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>What the step cost; null when unknown.</summary>
    public Cost? Cost { get; init; }

    /// <summary>Fields of the JSON form that this version does not know; written back unchanged.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>All <see cref="TextPart"/>s joined without a separator; empty when there are none.</summary>
    public string Text => string.Concat(Parts.OfType<TextPart>().Select(part => part.Text));

    /// <summary>A message from the person.</summary>
    /// <param name="text">What they said.</param>
    /// <param name="attachments">Images and files that go with it.</param>
    public static Message User(string text, params IEnumerable<Part> attachments) => new() { Role = Role.User, Parts = [new TextPart(text), .. attachments] };

    /// <summary>Instructions to the model.</summary>
    /// <param name="text">The instructions.</param>
    public static Message System(string text) => new() { Role = Role.System, Parts = [new TextPart(text)] };

    /// <summary>An answer, for histories built by hand.</summary>
    /// <param name="text">The answer.</param>
    public static Message Assistant(string text) => new() { Role = Role.Assistant, Parts = [new TextPart(text)] };

    /// <summary>Results handed back for calls that a turn left <c>pending</c>.</summary>
    /// <param name="results">One result for each call.</param>
    public static Message FunctionResults(params IEnumerable<FunctionResultPart> results) => new() { Role = Role.Function, Parts = [.. results] };
}
