using System.Text.Json;
using Omega.Gpt.Providers;

namespace Omega.Gpt;

/// <summary>A turn of a recording.</summary>
public sealed class RecordedTurn
{
    internal RecordedTurn(string id) => Id = id;

    /// <summary>The turn's id.</summary>
    public string Id { get; }

    /// <summary>The conversation's id; empty where the turn began before the recording did.</summary>
    public string Conversation { get; internal set; } = "";

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>What the turn was asked, as text; empty where that is not in the recording.</summary>
    public string Prompt { get; internal set; } = "";

    /// <summary>Its events, as they were.</summary>
    public IReadOnlyList<GptEvent> Events => EventList;

    /// <summary>Why the turn can be shown but not be run again; null where it can.</summary>
    public string? Obstacle =>
        Asked is null ? "it began before the recording did"
        : Asked.Value.TryGetProperty("resumed", out _) ? "it was begun by another process and went on in this one"
        : EventList.Count == 0 || !EventList[^1].EndsTurn ? "the recording ends in the middle of it"
        : null;

    /// <summary>What it was asked; null where that is not in the recording.</summary>
    internal JsonElement? Asked { get; set; }

    internal List<GptEvent> EventList { get; } = [];

    internal List<RecordedStep> Steps { get; } = [];

    internal Dictionary<string, RecordedCall> Calls { get; } = new(StringComparer.Ordinal);
}

/// <summary>What a step asked and got.</summary>
internal sealed class RecordedStep(string turn, int step, string key, string provider, string model, JsonElement request)
{
    public string Turn => turn;

    public int Step => step;

    /// <summary>The request's key.</summary>
    public string Key => key;

    public string Provider => provider;

    public string Model => model;

    /// <summary>The request, canonical.</summary>
    public JsonElement Request => request;

    /// <summary>What came: deltas, and who answered from then on.</summary>
    public List<RecordedMoment> Moments { get; } = [];

    /// <summary>How it ended; null where the recording does not tell.</summary>
    public string? End { get; set; }

    /// <summary>Why it failed; null where it did not.</summary>
    public JsonElement? Failure { get; set; }
}

/// <summary>A delta, or the model that answers from here on.</summary>
internal readonly record struct RecordedMoment(ModelDelta? Delta, string? Provider = null, string? Model = null);

/// <summary>How a call ended.</summary>
internal sealed record RecordedCall(JsonElement Result, GptErrorKind? Error, string? Message, bool WasRun, double DurationMs);
