using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>The usage of one message, of which the stream tells more as it goes; a later number replaces an earlier one.</summary>
internal sealed class AnthropicUsage
{
    private long? _input;
    private long? _cacheRead;
    private long? _cacheWrite;
    private long? _output;
    private long? _thinking;

    /// <summary>Takes what an event says.</summary>
    /// <param name="usage">Its <c>usage</c>.</param>
    public void Merge(JsonElement usage)
    {
        _input = usage.Number("input_tokens") ?? _input;
        _cacheRead = usage.Number("cache_read_input_tokens") ?? _cacheRead;
        _cacheWrite = usage.Number("cache_creation_input_tokens") ?? _cacheWrite;
        _output = usage.Number("output_tokens") ?? _output;
        if (usage.Object("output_tokens_details") is { } details)
            _thinking = details.Number("thinking_tokens") ?? details.Number("reasoning_tokens") ?? _thinking;
    }

    /// <summary>The usage so far. <c>input_tokens</c> leaves out what the cache served or took.</summary>
    public TokenUsage ToUsage() => new(
        new InputTokens(_input + (_cacheRead ?? 0) + (_cacheWrite ?? 0)) { Uncached = _input, CacheRead = _cacheRead, CacheWrite = _cacheWrite },
        new OutputTokens(_output) { Text = _output - _thinking, Reasoning = _thinking });
}
