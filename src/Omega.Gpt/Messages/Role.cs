using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>Who a <see cref="Message"/> is from. In JSON: <c>system</c>, <c>user</c>, <c>assistant</c>, <c>function</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Instructions from the program.</summary>
    [JsonStringEnumMemberName("system")] System,

    /// <summary>The person, or the program on the person's behalf.</summary>
    [JsonStringEnumMemberName("user")] User,

    /// <summary>The model.</summary>
    [JsonStringEnumMemberName("assistant")] Assistant,

    /// <summary>Results of function calls; holds only <see cref="FunctionResultPart"/>s.</summary>
    [JsonStringEnumMemberName("function")] Function,
}
