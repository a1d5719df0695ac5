namespace Omega.Trading.Indicators;

/// <summary>
/// Percentage price oscillator: <see cref="Macd"/> in per cent of the slow average, line = 100·(EMA(fast) − EMA(slow))/EMA(slow); signal =
/// EMA of the line, histogram = line − signal. Warm-up as there. Null where the slow average is zero. Source: Appel, Technical Analysis:
/// Power Tools for Active Investors (2005), chapter 8.
/// </summary>
internal struct Ppo(int fast, int slow, int signal) : ISeriesLinesKernel
{
    private Ema _fast = new(fast);
    private Ema _slow = new(slow);
    private Ema _signal = new(signal);

    public static IndicatorDescriptor Indicator { get; } = new SeriesLinesIndicator<Ppo>(
        new("ppo", "Percentage price oscillator: MACD in per cent of the slow average.")
        {
            Parameters = Macd.Defaults,
            Outputs = ["line", "signal", "histogram"],
            WarmUp = Macd.WarmUp,
            Rule = IndicatorDefinition.Below("fast", "slow"),
        },
        p => new Ppo((int)p[0], (int)p[1], (int)p[2]));

    public static int Lines => 3;

    public void Next(double value, Span<double> lines)
    {
        var slow = _slow.Next(value);
        lines[0] = 100 * Null.Divide(_fast.Next(value) - slow, slow);
        lines[1] = _signal.Next(lines[0]);
        lines[2] = lines[0] - lines[1];
    }
}
