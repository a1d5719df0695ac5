using System.Text.Json.Serialization;

namespace Omega.Trading.Analysis;

/// <summary>Where RSI(14) stands.</summary>
public enum MomentumState
{
    /// <summary>Above 30 and below 70.</summary>
    Neutral,

    /// <summary>At or above 70.</summary>
    Overbought,

    /// <summary>At or below 30.</summary>
    Oversold,
}

/// <summary>How fast the price moves. Figures: <see cref="FigureCatalog"/>, <c>momentum.*</c>.</summary>
public sealed record MomentumReport
{
    /// <summary>Where RSI(14) stands; null where it is.</summary>
    public MomentumState? State { get; init; }

    /// <summary>RSI(14), 0 to 100.</summary>
    [JsonPropertyName("rsi_14")]
    public double? Rsi14 { get; init; }

    /// <summary>EMA(12) − EMA(26), quote currency.</summary>
    public double? MacdLine { get; init; }

    /// <summary>EMA(9) of the line.</summary>
    public double? MacdSignal { get; init; }

    /// <summary>Line less signal.</summary>
    public double? MacdHistogram { get; init; }

    /// <summary>Change of the close over 10 bars, a fraction.</summary>
    [JsonPropertyName("roc_10")]
    public double? Roc10 { get; init; }

    /// <summary>Change of the close over 50 bars, a fraction.</summary>
    [JsonPropertyName("roc_50")]
    public double? Roc50 { get; init; }

    /// <summary>%K of Stochastic(14, 3, 3), 0 to 100.</summary>
    public double? StochasticK { get; init; }

    /// <summary>%D of Stochastic(14, 3, 3), 0 to 100.</summary>
    public double? StochasticD { get; init; }
}
