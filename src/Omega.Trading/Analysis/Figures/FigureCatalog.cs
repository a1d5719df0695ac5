using System.Diagnostics.CodeAnalysis;

namespace Omega.Trading.Analysis;

/// <summary>
/// Every figure of the reports with its definition and unit. A figure's time is the report's <c>as_of</c>, the close of the last final
/// bar, unless it says otherwise; fields in <c>_at</c> name a bar by its open time. Thread-safe.
/// </summary>
public static class FigureCatalog
{
    private static readonly FigureDefinition[] Everything = [.. MarketFigures.All, .. RiskFigures.All, .. SizingFigures.All];
    private static readonly Dictionary<string, FigureDefinition> ByName = Everything.ToDictionary(figure => figure.Name, StringComparer.Ordinal);

    /// <summary>All of them, in the order of the reports.</summary>
    public static IReadOnlyList<FigureDefinition> All => Everything;

    /// <summary>The figures of a <see cref="TimeframeReport"/>.</summary>
    public static IReadOnlyList<FigureDefinition> OfMarket => MarketFigures.All;

    /// <summary>The figures of a <see cref="Risk.RiskReport"/>.</summary>
    public static IReadOnlyList<FigureDefinition> OfRisk => RiskFigures.All;

    /// <summary>The figures of a <see cref="Risk.PositionSize"/>.</summary>
    public static IReadOnlyList<FigureDefinition> OfSizing => SizingFigures.All;

    /// <summary>The definition of a figure.</summary>
    /// <param name="name">Such as <c>momentum.rsi_14</c>.</param>
    /// <exception cref="TradingException">There is none; the message offers near names.</exception>
    public static FigureDefinition Find(string name) => TryFind(name, out var figure)
        ? figure
        : throw new TradingException($"Unknown figure \"{name}\".{NearNames.Question(name, ByName.Keys)} docs/concepts/analysis.md lists all.");

    /// <summary>The definition of a figure; false where there is none.</summary>
    /// <param name="name">Such as <c>momentum.rsi_14</c>.</param>
    /// <param name="figure">The definition.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out FigureDefinition? figure) => ByName.TryGetValue(name, out figure);
}
