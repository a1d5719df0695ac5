using System.Text.Json;
using Omega.Trading.Analysis;

namespace Omega.Trading.Risk;

/// <summary>
/// What a position in a market can lose, by the bars of a window. Figures: <see cref="FigureCatalog"/>, <c>risk.*</c>. Losses by VaR and
/// CVaR are positive fractions; what cannot be computed is null with a note. The past of a window, never a forecast. Immutable.
/// </summary>
public sealed record RiskReport
{
    /// <summary>What is traded; null where nobody said.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>Where the bars came from.</summary>
    public required string Source { get; init; }

    /// <summary>Their period.</summary>
    public required Timeframe Timeframe { get; init; }

    /// <summary>Open time of the first bar.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Close time of the last bar.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Its close, quote currency.</summary>
    public required double Price { get; init; }

    /// <summary>Bars of the window.</summary>
    public required int Bars { get; init; }

    /// <summary>Which way the position gains; every return below is the position's.</summary>
    public required PositionSide Side { get; init; }

    /// <summary>How far ahead VaR and CVaR look.</summary>
    public required TimeSpan Horizon { get; init; }

    /// <summary>How they come to that horizon, in words.</summary>
    public required string HorizonMethod { get; init; }

    /// <summary>Overlapping returns over the horizon.</summary>
    public required int HorizonReturns { get; init; }

    /// <summary>How many of them do not overlap.</summary>
    public required int IndependentReturns { get; init; }

    /// <summary>VaR and CVaR at 0.95 and at 0.99.</summary>
    public required IReadOnlyList<TailRisk> Tail { get; init; }

    /// <summary>Standard deviation (ddof 1) of bar returns, a year.</summary>
    public double? Volatility { get; init; }

    /// <summary>Standard deviation (ddof 1) of horizon returns.</summary>
    public double? HorizonVolatility { get; init; }

    /// <summary>Skewness of horizon returns (population).</summary>
    public double? Skew { get; init; }

    /// <summary>Raw kurtosis of horizon returns (population); 3 for a normal distribution.</summary>
    public double? Kurtosis { get; init; }

    /// <summary>Deepest fall from a peak; at or below 0.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Longest time from a peak to its recovery or the end.</summary>
    public required TimeSpan MaxDrawdownDuration { get; init; }

    /// <summary>Mean depth of drawdown episodes; at or below 0.</summary>
    public required double AverageDrawdown { get; init; }

    /// <summary>Where the last close stands below the peak.</summary>
    public required double CurrentDrawdown { get; init; }

    /// <summary>The five worst UTC days, worst first.</summary>
    public required IReadOnlyList<DayReturn> WorstDays { get; init; }

    /// <summary>The position's own figures; null where none was given.</summary>
    public PositionRisk? Position { get; init; }

    /// <summary>Paths of the rule to ruin; null under 30 returns.</summary>
    public RuinReport? Ruin { get; init; }

    /// <summary>For each figure that is null, why; and what to bear in mind.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads the risk off a window of bars.</summary>
    /// <param name="window">Final bars; at least one.</param>
    /// <param name="options">What is asked; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TradingException">The window is empty, or an option makes no sense; the message names the value and the remedy.</exception>
    public static RiskReport Of(CandleSeries window, RiskOptions? options = null, CancellationToken cancellationToken = default) =>
        new RiskAssessment(window, options ?? new()).Run(cancellationToken);

    /// <summary>The report as JSON: names in snake case, durations in seconds, money as decimal strings.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.RiskReport);
}

/// <summary>What a position gained on one UTC day.</summary>
/// <param name="Day">Its start.</param>
/// <param name="Return">From the close of the day before to its own, a fraction.</param>
public sealed record DayReturn(DateTimeOffset Day, double Return);
