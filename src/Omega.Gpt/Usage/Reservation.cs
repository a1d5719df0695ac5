using Omega.Gpt.Models;

namespace Omega.Gpt.Usage;

/// <summary>What a call may cost at most, and how long its answer may be for that.</summary>
/// <param name="Usd">US dollars to reserve.</param>
/// <param name="MaxTokens">Most output tokens to ask for; null leaves the request as it is.</param>
/// <param name="OutputTokens">The output tokens that the reservation pays for; null for any number.</param>
internal readonly record struct Reservation(decimal Usd, int? MaxTokens, long? OutputTokens)
{
    /// <summary>The shortest answer worth asking for, and the least that some wires take.</summary>
    public const int LeastOutput = 16;

    /// <summary>An answer that a call may always reserve where others share the money with it, as long as there is enough.</summary>
    private const int FairOutput = 4_096;

    /// <summary>The part of what is left that a call may reserve for more than that.</summary>
    private const decimal FairShare = 0.25m;

    private const decimal Million = 1_000_000m;

    /// <summary>Plans a reservation. Pure.</summary>
    /// <param name="info">The model's prices and limits; not null, with prices.</param>
    /// <param name="input">Input tokens, at most.</param>
    /// <param name="asked">The output limit that the caller set; null for none.</param>
    /// <param name="left">US dollars left.</param>
    /// <param name="isShared">Whether calls of others are paid from the same money: then not all of it is taken.</param>
    /// <returns>The reservation; null where what is left does not pay for an answer worth asking for.</returns>
    public static Reservation? Plan(ModelInfo info, long input, int? asked, decimal left, bool isShared)
    {
        var tier = Pricing.TierOf(info, input)!;
        var reading = input * Dearest(tier) / Million;
        var writing = tier.Output;
        var longest = Longest(info, input, asked);
        var least = Math.Min(LeastOutput, longest ?? LeastOutput);
        if (reading > left || (writing > 0 && Affordable(left - reading, writing) < least))
            return null;
        if (writing == 0)
            return new Reservation(reading, null, null);

        var share = isShared ? Math.Min(left - reading, Math.Max((left - reading) * FairShare, FairOutput * writing / Million)) : left - reading;
        var affordable = Math.Max(Affordable(share, writing), least);
        if (longest is { } whole && whole <= affordable)
            return new Reservation(reading + whole * writing / Million, asked, whole);
        var limit = (int)Math.Min(affordable, int.MaxValue);
        return new Reservation(reading + limit * writing / Million, limit, limit);
    }

    /// <summary>What a call without a limit costs at least, and with the caller's own output limit at most.</summary>
    public static Reservation OfInput(ModelInfo info, long input, int? asked)
    {
        var tier = Pricing.TierOf(info, input)!;
        return new Reservation((input * tier.Input + (asked ?? 0) * tier.Output) / Million, asked, null);
    }

    private static long Affordable(decimal usd, decimal perMillion) => (long)Math.Min(decimal.Floor(usd * Million / perMillion), long.MaxValue / 2);

    /// <summary>The dearest that an input token can be: one that is written to the cache.</summary>
    private static decimal Dearest(PriceTier tier) => Math.Max(tier.Input, Math.Max(tier.CacheWrite ?? 0, tier.CacheWriteHour ?? 0));

    private static long? Longest(ModelInfo info, long input, int? asked)
    {
        long? longest = asked;
        if (info.MaxOutput is { } most)
            longest = Math.Min(longest ?? most, most);
        if (info.Context is { } context && context > input)
            longest = Math.Min(longest ?? long.MaxValue, context - input);
        return longest;
    }
}
