namespace Omega.Trading.Indicators;

/// <summary>
/// Moving average convergence/divergence: line = EMA(fast) − EMA(slow), each seeded with the mean of its own first values; signal = EMA of
/// the line, histogram = line − signal. Line from bar slow − 1, signal from bar slow + signal − 2. Null only during warm-up. Source: Appel,
/// The Moving Average Convergence-Divergence Method (1979).
/// </summary>
internal struct Macd(int fast, int slow, int signal) : ISeriesLinesKernel
{
    private Ema _fast = new(fast);
    private Ema _slow = new(slow);
    private Ema _signal = new(signal);

    public static IndicatorDescriptor Indicator { get; } = new SeriesLinesIndicator<Macd>(
        new("macd", "Moving average convergence/divergence: EMA(fast) − EMA(slow), its EMA as signal, and their difference.")
        {
            Parameters = Defaults,
            Outputs = ["line", "signal", "histogram"],
            WarmUp = WarmUp,
            Rule = IndicatorDefinition.Below("fast", "slow"),
        },
        p => new Macd((int)p[0], (int)p[1], (int)p[2]));

    public static int Lines => 3;

    /// <summary>Also those of <see cref="Ppo"/>.</summary>
    internal static IReadOnlyList<IndicatorParameter> Defaults => [IndicatorParameter.Length(12, "fast"), IndicatorParameter.Length(26, "slow"), IndicatorParameter.Length(9, "signal")];

    public void Next(double value, Span<double> lines)
    {
        lines[0] = _fast.Next(value) - _slow.Next(value);
        lines[1] = _signal.Next(lines[0]);
        lines[2] = lines[0] - lines[1];
    }

    /// <summary>Also that of <see cref="Ppo"/>.</summary>
    internal static int WarmUp(ReadOnlySpan<double> parameters) => (int)parameters[1] + (int)parameters[2] - 2;
}
