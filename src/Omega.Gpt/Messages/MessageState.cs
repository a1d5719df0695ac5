using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>How a message ended. Anything but <see cref="Complete"/> is a part of what the model would have said.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageState>))]
public enum MessageState
{
    /// <summary>The whole message arrived (for a model's message: its step ended with the wire's terminal event).</summary>
    [JsonStringEnumMemberName("complete")] Complete,

    /// <summary>The stream or the process ended before the message did.</summary>
    [JsonStringEnumMemberName("interrupted")] Interrupted,

    /// <summary>The provider or the engine reported an error while the message was being written.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>The caller cancelled the turn.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}
