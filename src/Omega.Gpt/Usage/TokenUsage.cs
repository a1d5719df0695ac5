namespace Omega.Gpt;

/// <summary>Tokens of a step or a turn. Null is "the provider did not say"; 0 is "none".</summary>
/// <param name="Input">What the model read.</param>
/// <param name="Output">What the model wrote.</param>
public sealed record TokenUsage(InputTokens Input, OutputTokens Output)
{
    /// <summary>The sum of two steps; a part that either leaves unknown is unknown in the sum.</summary>
    /// <param name="left">One step, or null for none yet.</param>
    /// <param name="right">The other, or null for none yet.</param>
    public static TokenUsage? Add(TokenUsage? left, TokenUsage? right)
    {
        if (left is null)
            return right;
        if (right is null)
            return left;
        return new TokenUsage(
            new InputTokens(left.Input.Total + right.Input.Total)
            {
                Uncached = left.Input.Uncached + right.Input.Uncached,
                CacheRead = left.Input.CacheRead + right.Input.CacheRead,
                CacheWrite = left.Input.CacheWrite + right.Input.CacheWrite,
            },
            new OutputTokens(left.Output.Total + right.Output.Total)
            {
                Text = left.Output.Text + right.Output.Text,
                Reasoning = left.Output.Reasoning + right.Output.Reasoning,
            });
    }
}

/// <summary>Tokens the model read. <see cref="Uncached"/>, <see cref="CacheRead"/> and <see cref="CacheWrite"/> are disjoint and, where all are known, add up to <see cref="Total"/>.</summary>
/// <param name="Total">All input tokens, cached or not; null when unknown.</param>
public sealed record InputTokens(long? Total)
{
    /// <summary>Tokens read at the full price.</summary>
    public long? Uncached { get; init; }

    /// <summary>Tokens read from the provider's prompt cache.</summary>
    public long? CacheRead { get; init; }

    /// <summary>Tokens written to the provider's prompt cache.</summary>
    public long? CacheWrite { get; init; }
}

/// <summary>Tokens the model wrote. <see cref="Text"/> and <see cref="Reasoning"/> are disjoint and, where both are known, add up to <see cref="Total"/>.</summary>
/// <param name="Total">All billed output tokens, reasoning included; null when unknown.</param>
public sealed record OutputTokens(long? Total)
{
    /// <summary>Tokens of text and function calls.</summary>
    public long? Text { get; init; }

    /// <summary>Tokens of reasoning, shown or not.</summary>
    public long? Reasoning { get; init; }
}
