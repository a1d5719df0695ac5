using System.Globalization;
using System.Text.Json;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>Reads a <c>usage</c> object of any of the servers into one meaning. What a server does not say stays null.</summary>
internal ref struct UsageReader
{
    private long? _prompt;
    private long? _completion;
    private long? _total;
    private long? _cached;
    private long? _written;
    private long? _reasoning;
    private decimal? _cost;
    private decimal? _upstream;
    private bool _ownKey;

    /// <summary>Reads the value at the reader.</summary>
    /// <returns>Null where the value is null or says nothing.</returns>
    public static UsageDelta? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var usage = new UsageReader();
        usage.ReadFields(ref reader);
        return usage.ToDelta();
    }

    private void ReadFields(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            if (name.SequenceEqual("prompt_tokens"u8))
                _prompt = Count(ref reader);
            else if (name.SequenceEqual("completion_tokens"u8))
                _completion = Count(ref reader);
            else if (name.SequenceEqual("total_tokens"u8))
                _total = Count(ref reader);
            // In prompt_tokens_details; at the top at Moonshot. DeepSeek's name is the other one.
            else if (name.SequenceEqual("cached_tokens"u8))
                _cached = Count(ref reader) ?? _cached;
            else if (name.SequenceEqual("prompt_cache_hit_tokens"u8))
                _cached = Count(ref reader) is { } hit ? _cached ?? hit : _cached;
            else if (name.SequenceEqual("cache_write_tokens"u8))
                _written = Count(ref reader);
            else if (name.SequenceEqual("reasoning_tokens"u8))
                _reasoning = Count(ref reader);
            else if (name.SequenceEqual("cost"u8))
                _cost = Money(ref reader) ?? _cost;
            else if (name.SequenceEqual("cost_in_usd_ticks"u8))
                _cost = Money(ref reader) * 0.000_000_000_1m ?? _cost;
            else if (name.SequenceEqual("upstream_inference_cost"u8))
                _upstream = Money(ref reader);
            else if (name.SequenceEqual("is_byok"u8))
                _ownKey = Flag(ref reader);
            else if (name.SequenceEqual("prompt_tokens_details"u8) || name.SequenceEqual("completion_tokens_details"u8) || name.SequenceEqual("cost_details"u8))
                ReadDetails(ref reader);
            else
                reader.Skip();
        }
    }

    private void ReadDetails(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadFields(ref reader);
        else
            reader.Skip();
    }

    private readonly UsageDelta? ToDelta()
    {
        // With the caller's own key OpenRouter's "cost" is only its fee; the rest is billed upstream.
        var billed = _ownKey ? _cost + _upstream : _cost;
        if (_prompt is null && _completion is null && billed is null)
            return null;

        var uncached = _prompt - _cached - (_written ?? 0);
        var input = new InputTokens(_prompt)
        {
            Uncached = uncached < 0 ? null : uncached,
            CacheRead = _cached,
            CacheWrite = _written,
        };
        return new UsageDelta(new TokenUsage(input, Output()), billed);
    }

    private readonly OutputTokens Output()
    {
        var beyond = _total - _prompt - _completion;
        // xAI counts reasoning beside completion_tokens, all others within; the total tells.
        if (_reasoning > 0 && beyond == _reasoning)
            return new OutputTokens(_completion + _reasoning) { Text = _completion, Reasoning = _reasoning };
        // Gemini leaves thoughts out of completion_tokens as well and gives them no name: only the total holds them.
        if (_reasoning is null && beyond > 0)
            return new OutputTokens(_total - _prompt) { Text = _completion };
        // OpenRouter has been seen to report more reasoning than output; the parts are then unknown.
        var text = _completion - _reasoning;
        return new OutputTokens(_completion) { Text = text < 0 ? null : text, Reasoning = _reasoning };
    }

    private static long? Count(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) && count >= 0)
            return count;
        reader.Skip();
        return null;
    }

    private static bool Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        var isTrue = reader.TokenType == JsonTokenType.True;
        reader.Skip();
        return isTrue;
    }

    private static decimal? Money(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var money))
            return money;
        if (reader.TokenType == JsonTokenType.String && decimal.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out money))
            return money;
        reader.Skip();
        return null;
    }
}
