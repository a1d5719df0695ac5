namespace Omega.Trading.Analysis;

/// <summary>Prices at which the market has turned. Figures: <see cref="FigureCatalog"/>, <c>support.*</c> and <c>resistance.*</c>.</summary>
public sealed record PriceLevel
{
    /// <summary>Mean price of its swings, quote currency.</summary>
    public required double Price { get; init; }

    /// <summary>Lowest of them.</summary>
    public required double Low { get; init; }

    /// <summary>Highest of them.</summary>
    public required double High { get; init; }

    /// <summary>How many confirmed swings lie in it.</summary>
    public required int Touches { get; init; }

    /// <summary>Open time of the first swing's bar.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>Open time of the last swing's bar.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>From the close to <see cref="Price"/>, a fraction of the close; below 0 for support.</summary>
    public required double Distance { get; init; }

    /// <summary>The same in ATR(14).</summary>
    public required double DistanceAtr { get; init; }
}
