using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>How a call of a model ended. The numbers are in the ledger's file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttemptOutcome>))]
public enum AttemptOutcome
{
    /// <summary>It runs, or its process ended before it could say. It counts as what was reserved for it.</summary>
    [JsonStringEnumMemberName("open")] Open = 0,

    /// <summary>The answer is whole.</summary>
    [JsonStringEnumMemberName("completed")] Completed = 1,

    /// <summary>It failed before the first token.</summary>
    [JsonStringEnumMemberName("failed")] Failed = 2,

    /// <summary>The answer broke off, by itself or by a budget.</summary>
    [JsonStringEnumMemberName("interrupted")] Interrupted = 3,

    /// <summary>The caller cancelled it, or another call was faster.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled = 4,
}
