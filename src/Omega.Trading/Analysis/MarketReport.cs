using System.Text.Json;

namespace Omega.Trading.Analysis;

/// <summary>
/// What the bars of a market show, over one or more timeframes; every figure is defined in <see cref="FigureCatalog"/>. Fractions, never per
/// cent; times in UTC; what cannot be computed is null with an entry in its timeframe's notes. Immutable.
/// </summary>
public sealed record MarketReport
{
    /// <summary>What is traded; null where nobody said.</summary>
    public Instrument? Instrument { get; init; }

    /// <summary>Where the bars came from: an exchange and instrument, <c>replay:HASH</c>, or <c>SIM:seed</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When the last bar that was given closed; null without any.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Its close, in quote currency.</summary>
    public double? Price { get; init; }

    /// <summary>One for each timeframe, in the order asked for.</summary>
    public required IReadOnlyList<TimeframeReport> Timeframes { get; init; }

    /// <summary>The report as JSON, names in snake case, numbers to round-trip precision.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.MarketReport);
}
