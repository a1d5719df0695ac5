namespace Omega.Benchmarks.Streams;

/// <summary>What a stream speaks.</summary>
public enum Wire
{
    ChatCompletions,
    Responses,
    Anthropic,
}
