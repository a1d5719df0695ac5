namespace Omega.Trading.Strategies;

/// <summary>What a strategy sees of its position at a bar's close.</summary>
/// <param name="Side">1 long, -1 short, 0 flat.</param>
/// <param name="Bars">Bars since the entry's fill, the bar of the fill counting 1; 0 when flat.</param>
/// <param name="Entry">Average fill price, quote currency; NaN when flat.</param>
/// <param name="Close">The close that it is seen at, quote currency; NaN when flat.</param>
public readonly record struct PositionView(int Side, int Bars, double Entry, double Close)
{
    /// <summary>No position.</summary>
    public static PositionView Flat { get; } = new(0, 0, double.NaN, double.NaN);

    /// <summary>Return since the entry at that close, before costs, as a fraction; NaN when flat.</summary>
    public double Return => Side * ((Close / Entry) - 1);
}
