using System.Text.Json.Serialization;

namespace Omega.Gpt.Resilience;

/// <summary>Whether a key may be used.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KeyState>))]
public enum KeyState
{
    /// <summary>In use.</summary>
    [JsonStringEnumMemberName("active")] Active,

    /// <summary>The provider asked it to wait (429); back when that time is over.</summary>
    [JsonStringEnumMemberName("cooling")] Cooling,

    /// <summary>Its account has no money or quota left; tried again after <see cref="KeyOptions.ExhaustedFor"/>.</summary>
    [JsonStringEnumMemberName("exhausted")] Exhausted,

    /// <summary>The provider does not know it (401); out of use until it is replaced, unless there is no other.</summary>
    [JsonStringEnumMemberName("revoked")] Revoked,

    /// <summary>A person has put it out of use.</summary>
    [JsonStringEnumMemberName("disabled")] Disabled,
}
