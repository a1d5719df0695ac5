namespace Omega.Trading.Analysis;

/// <summary>A price at a ratio of the leg.</summary>
/// <param name="Ratio">0.236 to 0.786 go back towards the leg's beginning; 1.272 and 1.618 are measured from there, beyond its end.</param>
/// <param name="Price">Quote currency.</param>
public sealed record FibonacciLevel(double Ratio, double Price);

/// <summary>Levels of the last confirmed leg, from one swing to the opposite one. Figures: <see cref="FigureCatalog"/>, <c>fibonacci.*</c>.</summary>
public sealed record FibonacciReport
{
    /// <summary>Up where the leg ends in a swing high, else down.</summary>
    public required TrendDirection Direction { get; init; }

    /// <summary>Price of the swing that it begins with.</summary>
    public required double FromPrice { get; init; }

    /// <summary>Open time of that swing's bar.</summary>
    public required DateTimeOffset FromAt { get; init; }

    /// <summary>Price of the swing that it ends in.</summary>
    public required double ToPrice { get; init; }

    /// <summary>Open time of that swing's bar.</summary>
    public required DateTimeOffset ToAt { get; init; }

    /// <summary>Open time of the bar that confirmed the end.</summary>
    public required DateTimeOffset ConfirmedAt { get; init; }

    /// <summary>How much of the leg the close has taken back: 0 at its end, 1 at its beginning.</summary>
    public required double Retracement { get; init; }

    /// <summary>The levels: retracements, then extensions.</summary>
    public required IReadOnlyList<FibonacciLevel> Levels { get; init; }
}
