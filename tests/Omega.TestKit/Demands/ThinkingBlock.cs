using System.Text.Json;

namespace Omega.TestKit;

/// <summary>A thinking block as Anthropic gave it out: to be given back unchanged.</summary>
public sealed record ThinkingBlock
{
    private readonly string _type;
    private readonly (string Name, string Value)[] _fields;

    private ThinkingBlock(string type, params (string Name, string Value)[] fields)
    {
        _type = type;
        _fields = fields;
    }

    /// <summary>Whether it came before the first <c>tool_use</c> and must stand there again. Default: yes.</summary>
    public bool BeforeCalls { get; init; } = true;

    public static ThinkingBlock Of(string thinking, string signature) =>
        new("thinking", ("thinking", thinking), ("signature", signature));

    public static ThinkingBlock Redacted(string data) => new("redacted_thinking", ("data", data));

    internal string? Missing(JsonElement block) => JsonDemand.Is(block, "type", _type)
        ? _fields.Select(field => JsonDemand.StringField(block, field.Name, field.Value)).FirstOrDefault(missing => missing is not null)
        : $"the block should be {_type}";
}
