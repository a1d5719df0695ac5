namespace Omega.Trading.Feeds;

/// <summary>Which simulated market.</summary>
public sealed record SimulatedFeedOptions
{
    /// <summary>The seed. The same seed gives the same prices for the same market.</summary>
    /// <value>Default 12: of the first 40, one whose prices up to 2026 lie where those of BTC did. From 0.</value>
    public long Seed { get; init => field = value >= 0 ? value : throw new TradingException($"The seed is {value}; it must be 0 or above."); } = 12;

    /// <summary>The markets; each goes its own way.</summary>
    /// <value>Default BTC/USD. From 1 to 16, each once.</value>
    public IReadOnlyList<Instrument> Instruments
    {
        get;
        init => field = value.Count is >= 1 and <= 16 && value.Select(instrument => instrument.ToString()).Distinct(StringComparer.Ordinal).Count() == value.Count
            ? value
            : throw new TradingException($"{value.Count} simulated markets were asked for ({string.Join(", ", value.Take(20))}); there may be 1 to 16, each once.");
    } = [Instrument.Parse("BTC/USD")];
}
