using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>Where in a turn an error arose.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GptPhase>))]
public enum GptPhase
{
    /// <summary>Before anything was sent: options, messages, function definitions, files.</summary>
    [JsonStringEnumMemberName("request")] Request,

    /// <summary>Connecting and sending, until the response's status line.</summary>
    [JsonStringEnumMemberName("connect")] Connect,

    /// <summary>Between the status line and the first delta.</summary>
    [JsonStringEnumMemberName("first_chunk")] FirstChunk,

    /// <summary>Between two deltas of a stream.</summary>
    [JsonStringEnumMemberName("idle")] Idle,

    /// <summary>While a step's stream was being read.</summary>
    [JsonStringEnumMemberName("step")] Step,

    /// <summary>The turn as a whole.</summary>
    [JsonStringEnumMemberName("turn")] Turn,

    /// <summary>While a function was validated, approved or run.</summary>
    [JsonStringEnumMemberName("function")] Function,
}
