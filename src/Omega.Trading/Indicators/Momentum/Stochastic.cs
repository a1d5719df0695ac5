namespace Omega.Trading.Indicators;

/// <summary>
/// Stochastic oscillator. Raw %K = 100·(close − lowest low)/(highest high − lowest low) over n bars; k = SMA of raw %K, d = SMA of k.
/// First k at bar n + smooth − 2, first d after d − 1 more. Raw %K is null where the range is zero; such bars count in neither mean.
/// Source: Lane, "Lane's stochastics", Stocks and Commodities 2:3 (1984).
/// </summary>
internal struct Stochastic(int length, int smooth, int signal) : IBarLinesKernel
{
    private RollingRange _range = new(length);
    private Sma _k = new(smooth);
    private Sma _d = new(signal);

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<Stochastic>(
        new("stochastic", "Stochastic oscillator, 0 to 100: where the close lies in the range of n bars, smoothed twice.")
        {
            Parameters = [IndicatorParameter.Length(14), IndicatorParameter.Length(3, "smooth"), IndicatorParameter.Length(3, "signal")],
            Outputs = ["k", "d"],
            WarmUp = p => (int)p[0] + (int)p[1] + (int)p[2] - 3,
        },
        p => new Stochastic((int)p[0], (int)p[1], (int)p[2]));

    public static int Lines => 2;

    public void Next(in Candle bar, Span<double> lines)
    {
        var raw = !Null.Is(bar) && _range.Next(bar.High, bar.Low)
            ? 100 * Null.Divide(bar.Close - _range.Lowest, _range.Highest - _range.Lowest)
            : double.NaN;
        lines[0] = _k.Next(raw);
        lines[1] = _d.Next(lines[0]);
    }
}
