using System.Text.Json.Serialization;

namespace Omega.Trading.Analysis;

/// <summary>How the present volatility ranks among that of the past.</summary>
public enum VolatilityRegime
{
    /// <summary>In the lowest quarter.</summary>
    Low,

    /// <summary>Between the quarters.</summary>
    Normal,

    /// <summary>In the highest quarter.</summary>
    High,

    /// <summary>In the highest twentieth.</summary>
    Extreme,
}

/// <summary>How far the price swings. Figures: <see cref="FigureCatalog"/>, <c>volatility.*</c>.</summary>
public sealed record VolatilityReport
{
    /// <summary>ATR(14), quote currency.</summary>
    [JsonPropertyName("atr_14")]
    public double? Atr14 { get; init; }

    /// <summary>ATR(14) as a fraction of the close.</summary>
    public double? AtrFraction { get; init; }

    /// <summary>Historical volatility of 20 bars, a year, a fraction.</summary>
    [JsonPropertyName("hv_20")]
    public double? Hv20 { get; init; }

    /// <summary>The regime by <see cref="RegimeQuantile"/>.</summary>
    public VolatilityRegime? Regime { get; init; }

    /// <summary>Where <see cref="Hv20"/> ranks among its own values of up to 1,000 bars before: 0 to 1.</summary>
    public double? RegimeQuantile { get; init; }

    /// <summary>How many past values it was ranked among.</summary>
    public required int RegimeBars { get; init; }

    /// <summary>Lower band of Bollinger(20, 2), quote currency.</summary>
    public double? BollingerLower { get; init; }

    /// <summary>Middle of the bands, SMA(20).</summary>
    public double? BollingerMiddle { get; init; }

    /// <summary>Upper band.</summary>
    public double? BollingerUpper { get; init; }

    /// <summary>Upper less lower band, a fraction of the middle.</summary>
    public double? BollingerWidth { get; init; }

    /// <summary>Where the close lies between the bands: 0 at the lower, 1 at the upper.</summary>
    public double? BollingerPosition { get; init; }
}
