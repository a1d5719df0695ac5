using System.Text.Json.Serialization;

namespace Omega.Trading.Analysis;

/// <summary>Where a price is going.</summary>
public enum TrendDirection
{
    /// <summary>Neither up nor down by the method.</summary>
    Sideways,

    /// <summary>Up.</summary>
    Up,

    /// <summary>Down.</summary>
    Down,
}

/// <summary>Where the price is going, and how steadily. Figures: <see cref="FigureCatalog"/>, <c>trend.*</c>.</summary>
public sealed record TrendReport
{
    /// <summary>The direction by <see cref="Method"/>; null during warm-up.</summary>
    public TrendDirection? Direction { get; init; }

    /// <summary>ADX(14) / 100: 0 to 1.</summary>
    public double? Strength { get; init; }

    /// <summary>How the direction was found, in words.</summary>
    public required string Method { get; init; }

    /// <summary>EMA(20), quote currency.</summary>
    [JsonPropertyName("ema_20")]
    public double? Ema20 { get; init; }

    /// <summary>EMA(50), quote currency.</summary>
    [JsonPropertyName("ema_50")]
    public double? Ema50 { get; init; }

    /// <summary>EMA(200), quote currency.</summary>
    [JsonPropertyName("ema_200")]
    public double? Ema200 { get; init; }

    /// <summary>ADX(14), 0 to 100.</summary>
    [JsonPropertyName("adx_14")]
    public double? Adx14 { get; init; }

    /// <summary>+DI(14), 0 to 100.</summary>
    [JsonPropertyName("plus_di_14")]
    public double? PlusDi14 { get; init; }

    /// <summary>−DI(14), 0 to 100.</summary>
    [JsonPropertyName("minus_di_14")]
    public double? MinusDi14 { get; init; }

    /// <summary>Slope of the least-squares line through 50 closes, a fraction of the close per bar.</summary>
    [JsonPropertyName("slope_50")]
    public double? Slope50 { get; init; }

    /// <summary>R² of that line, 0 to 1.</summary>
    [JsonPropertyName("r2_50")]
    public double? R2Of50 { get; init; }
}
