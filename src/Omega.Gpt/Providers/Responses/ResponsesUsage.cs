using System.Text.Json;

namespace Omega.Gpt.Providers.Responses;

/// <summary>Reads the <c>usage</c> of a response. What the server leaves out is null.</summary>
internal static class ResponsesUsage
{
    private const decimal UsdPerTick = 1e-10m;

    /// <summary>The usage, and what the server says it billed (<c>cost</c> of OpenRouter, <c>cost_in_usd_ticks</c> of xAI).</summary>
    /// <param name="usage">The object.</param>
    public static UsageDelta Read(JsonElement usage)
    {
        var (input, cacheRead, cacheWrite) = (Number(usage, "input_tokens"), Detail(usage, "input_tokens_details", "cached_tokens"), Detail(usage, "input_tokens_details", "cache_write_tokens"));
        var (output, reasoning) = (Number(usage, "output_tokens"), Detail(usage, "output_tokens_details", "reasoning_tokens"));
        // Some servers count reasoning beside the output tokens; their own total gives them away.
        if (reasoning > 0 && input + output + reasoning == Number(usage, "total_tokens"))
            output += reasoning;
        return new UsageDelta(
            new TokenUsage(
                new InputTokens(input) { Uncached = input - cacheRead - (cacheWrite ?? 0), CacheRead = cacheRead, CacheWrite = cacheWrite },
                new OutputTokens(output) { Text = output - reasoning, Reasoning = reasoning }),
            Billed(usage));
    }

    private static decimal? Billed(JsonElement usage)
    {
        if (usage.TryGetProperty("cost_in_usd_ticks", out var ticks) && ticks.ValueKind == JsonValueKind.Number && ticks.TryGetDecimal(out var count))
            return count * UsdPerTick;
        return usage.TryGetProperty("cost", out var cost) && cost.ValueKind == JsonValueKind.Number && cost.TryGetDecimal(out var usd) ? usd : null;
    }

    private static long? Detail(JsonElement usage, string details, string name) =>
        usage.TryGetProperty(details, out var inner) && inner.ValueKind == JsonValueKind.Object ? Number(inner, name) : null;

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
