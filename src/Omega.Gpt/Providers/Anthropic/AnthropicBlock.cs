using System.Text;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>One content block of a stream, as far as it has arrived.</summary>
/// <param name="type">The block's type.</param>
internal sealed class AnthropicBlock(string type)
{
    public string Type => type;

    /// <summary>Whether its end has arrived.</summary>
    public bool IsClosed { get; set; }

    /// <summary>A call's place within the step.</summary>
    public int Call { get; init; } = -1;

    /// <summary>A call's arguments as the block's start gave them; null when it gave none.</summary>
    public string? EarlyArguments { get; init; }

    /// <summary>Whether deltas brought arguments.</summary>
    public bool HasArguments { get; set; }

    /// <summary>The thinking so far.</summary>
    public StringBuilder Thinking { get; } = new();

    /// <summary>The signature of the thinking; null before it came.</summary>
    public string? Signature { get; set; }

    /// <summary>A redacted block, byte for byte.</summary>
    public string? Redacted { get; init; }
}
