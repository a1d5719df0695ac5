using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>Why a model stopped, in one vocabulary for every wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FinishReason>))]
public enum FinishReason
{
    /// <summary>The model ended its answer.</summary>
    [JsonStringEnumMemberName("stop")] Stop,

    /// <summary>The output limit or the context window was reached; the answer is cut there.</summary>
    [JsonStringEnumMemberName("length")] Length,

    /// <summary>The model waits for the results of its function calls.</summary>
    [JsonStringEnumMemberName("function_calls")] FunctionCalls,

    /// <summary>The provider's filter stopped the answer.</summary>
    [JsonStringEnumMemberName("content_filter")] ContentFilter,

    /// <summary>The model or the provider declined to answer.</summary>
    [JsonStringEnumMemberName("refusal")] Refusal,

    /// <summary>A reason of the provider's own; the raw value says which.</summary>
    [JsonStringEnumMemberName("other")] Other,
}
