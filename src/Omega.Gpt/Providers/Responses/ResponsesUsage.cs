using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>Reads the <c>usage</c> of a response. What the server leaves out is null.</summary>
internal static class ResponsesUsage
{
    private const decimal UsdPerTick = 1e-10m;

    /// <summary>The usage, and what the server says it billed (<c>cost</c> of OpenRouter, <c>cost_in_usd_ticks</c> of xAI).</summary>
    /// <param name="usage">The object.</param>
    public static UsageDelta Read(JsonElement usage)
    {
        var (input, cacheRead, cacheWrite) = (usage.Number("input_tokens"), usage.Object("input_tokens_details")?.Number("cached_tokens"), usage.Object("input_tokens_details")?.Number("cache_write_tokens"));
        var (output, reasoning) = (usage.Number("output_tokens"), usage.Object("output_tokens_details")?.Number("reasoning_tokens"));
        // Some servers count reasoning beside the output tokens; their own total gives them away.
        if (reasoning > 0 && input + output + reasoning == usage.Number("total_tokens"))
            output += reasoning;
        return new UsageDelta(
            new TokenUsage(
                new InputTokens(input) { Uncached = input - cacheRead - (cacheWrite ?? 0), CacheRead = cacheRead, CacheWrite = cacheWrite },
                new OutputTokens(output) { Text = output - reasoning, Reasoning = reasoning }),
            Billed(usage));
    }

    private static decimal? Billed(JsonElement usage)
    {
        if (usage.Number("cost_in_usd_ticks") is { } ticks)
            return ticks * UsdPerTick;
        return usage.Member("cost", JsonValueKind.Number) is { } cost && cost.TryGetDecimal(out var usd) ? usd : null;
    }
}
