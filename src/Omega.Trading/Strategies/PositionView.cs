namespace Omega.Trading.Strategies;

/// <summary>What a strategy sees of its position at a bar's close.</summary>
/// <param name="Side">1 long, -1 short, 0 flat.</param>
/// <param name="Bars">Bars since the entry's fill, the bar of the fill counting 1; 0 when flat.</param>
/// <param name="Entry">Average fill price, quote currency; NaN when flat.</param>
/// <param name="Return">Return since the entry at this close, before costs, as a fraction; NaN when flat.</param>
public readonly record struct PositionView(int Side, int Bars, double Entry, double Return)
{
    /// <summary>No position.</summary>
    public static PositionView Flat { get; } = new(0, 0, double.NaN, double.NaN);
}
