using Omega.Gpt.Models;

namespace Omega.Gpt;

/// <summary>What tokens cost. Pure and exact: decimals throughout, no rounding.</summary>
public static class Pricing
{
    private const decimal Million = 1_000_000m;

    /// <summary>
    /// The cost of one request. What the provider says it billed wins; otherwise each part of the usage is multiplied by its price,
    /// all at the tier that the request's input reaches. Null when a price or a needed count is unknown.
    /// </summary>
    /// <param name="usage">The request's tokens, all of its input and output.</param>
    /// <param name="info">The model; null when the catalogue does not know it.</param>
    /// <param name="billedUsd">What the provider says it billed, in US dollars; null when it does not say.</param>
    /// <param name="estimatedUsage">Whether the tokens were counted here rather than reported by the provider.</param>
    /// <param name="caching">The prompt caching that was asked for; an hour's caching can cost more to write.</param>
    /// <returns>
    /// The cost. It is estimated when the tokens are, when the model's price varies, or when cached tokens were not told apart
    /// from others and would have cost something else (they count at the full input price then).
    /// </returns>
    public static Cost? Price(TokenUsage usage, ModelInfo? info, decimal? billedUsd = null, bool estimatedUsage = false, PromptCaching? caching = null)
    {
        if (billedUsd is >= 0)
            return new Cost(Normalized(billedUsd.Value), Estimated: false, CostSource.Provider);
        if (info is null || InputTotal(usage.Input) is not { } input || OutputTotal(usage.Output) is not { } output || TierOf(info, input) is not { } tier)
            return null;

        var read = tier.CacheRead ?? tier.Input;
        var write = (caching == PromptCaching.OneHour ? tier.CacheWriteHour : null) ?? tier.CacheWrite ?? tier.Input;
        var (parts, exact) = Split(usage.Input, input, read != tier.Input, write != tier.Input);
        var usd = (parts.Uncached * tier.Input + parts.Read * read + parts.Write * write + output * tier.Output) / Million;
        return new Cost(Normalized(usd), Estimated: estimatedUsage || info.PricesVary || !exact, CostSource.Catalogue);
    }

    /// <summary>US dollars that the provider's prompt cache saved: what was read from it, at the difference to the full price. 0 where that is unknown.</summary>
    /// <param name="usage">The request's tokens.</param>
    /// <param name="info">The model; null when the catalogue does not know it.</param>
    public static decimal Saved(TokenUsage usage, ModelInfo? info)
    {
        if (usage.Input.CacheRead is not > 0 || info is null || InputTotal(usage.Input) is not { } input || TierOf(info, input) is not { CacheRead: { } read } tier)
            return 0;
        return Normalized(usage.Input.CacheRead.Value * (tier.Input - read) / Million);
    }

    /// <summary>The tier that a request of so many input tokens reaches; null where the price is unknown.</summary>
    internal static PriceTier? TierOf(ModelInfo info, long input)
    {
        PriceTier? reached = null;
        foreach (var tier in info.Prices)
        {
            if (tier.AboveInput == 0 || input > tier.AboveInput)
                reached = tier;
        }

        return reached;
    }

    private static long? InputTotal(InputTokens input) => input.Total ?? input.Uncached + input.CacheRead + input.CacheWrite;

    private static long? OutputTotal(OutputTokens output) => output.Total ?? output.Text + output.Reasoning;

    /// <summary>The disjoint parts of the input, and whether they are known as far as prices tell them apart.</summary>
    private static ((long Uncached, long Read, long Write) Parts, bool Exact) Split(InputTokens input, long total, bool readDiffers, bool writeDiffers)
    {
        var (read, write) = (Math.Max(input.CacheRead ?? 0, 0), Math.Max(input.CacheWrite ?? 0, 0));
        // Where a part is not told, what is left over counts at the full price, whatever the server's own remainder says.
        var allKnown = input is { Uncached: not null, CacheRead: not null, CacheWrite: not null };
        var uncached = Math.Max(allKnown ? input.Uncached!.Value : total - read - write, 0);
        var exact = (input.CacheRead is not null || !readDiffers) && (input.CacheWrite is not null || !writeDiffers) && uncached + read + write == total;
        return ((uncached, read, write), exact);
    }

    /// <summary>The same value without trailing zeros, so that 0.0001721250 is written as 0.000172125.</summary>
    private static decimal Normalized(decimal value) => value / 1.000000000000000000000000000m;
}
