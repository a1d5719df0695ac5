namespace Omega.Trading.Indicators;

/// <summary>
/// Fibonacci retracement of the last confirmed leg A → B of <see cref="ZigZag"/>: B + r·(A − B) for r = 0.236, 0.382, 0.5, 0.618, 0.786.
/// Held from the bar that confirms B until the next swing is confirmed. Null until two swings are known. Source: Fischer, Fibonacci
/// Applications and Strategies for Traders (1993).
/// </summary>
internal struct FibonacciRetracement(double reversal) : IBarLinesKernel
{
    private static readonly double[] Ratios = [0.236, 0.382, 0.5, 0.618, 0.786];

    private SwingTracker _swings = new(reversal);
    private double _from = double.NaN;
    private double _to = double.NaN;

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<FibonacciRetracement>(
        new("fib_retracement", "Fibonacci retracements of the last confirmed ZigZag leg.")
        {
            Parameters = [ZigZag.Reversal],
            Outputs = ["r236", "r382", "r500", "r618", "r786"],
            WarmUp = _ => 2,
            WarmUpDependsOnData = true,
        },
        p => new FibonacciRetracement(p[0]));

    public static int Lines => 5;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar))
            return;
        if (_swings.Next(bar))
            (_from, _to) = (_to, _swings.Price);
        for (var i = 0; i < Ratios.Length; i++)
            lines[i] = _to + (Ratios[i] * (_from - _to));
    }
}

/// <summary>
/// Fibonacci extension of the last three confirmed swings A → B → C of <see cref="ZigZag"/>: C + r·(B − A) for r = 0.618, 1, 1.272, 1.618,
/// 2.618. Held from the bar that confirms C until the next swing is confirmed. Null until three swings are known. Source: as
/// <see cref="FibonacciRetracement"/>.
/// </summary>
internal struct FibonacciExtension(double reversal) : IBarLinesKernel
{
    private static readonly double[] Ratios = [0.618, 1, 1.272, 1.618, 2.618];

    private SwingTracker _swings = new(reversal);
    private double _from = double.NaN;
    private double _to = double.NaN;
    private double _back = double.NaN;

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<FibonacciExtension>(
        new("fib_extension", "Fibonacci extensions of the last three confirmed ZigZag swings.")
        {
            Parameters = [ZigZag.Reversal],
            Outputs = ["e618", "e1000", "e1272", "e1618", "e2618"],
            WarmUp = _ => 3,
            WarmUpDependsOnData = true,
        },
        p => new FibonacciExtension(p[0]));

    public static int Lines => 5;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar))
            return;
        if (_swings.Next(bar))
            (_from, _to, _back) = (_to, _back, _swings.Price);
        for (var i = 0; i < Ratios.Length; i++)
            lines[i] = _back + (Ratios[i] * (_to - _from));
    }
}
