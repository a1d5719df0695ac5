namespace Omega.Trading.Indicators;

/// <summary>
/// Ichimoku kinkō hyō: tenkan and kijun are the middles of the ranges of the first two lengths; senkou A = (tenkan + kijun)/2 and senkou B
/// = middle of the range of the third length are the values in force at the bar, that is those computed a kijun length of bars ago. (The
/// chikou is the close drawn into the past: it exists in charts only.) Tenkan from bar n₁ − 1, kijun from n₂ − 1, senkou A from
/// max(n₁, n₂) − 1 + n₂, senkou B from n₃ − 1 + n₂. Null only during warm-up. Source: Hosoda (Ichimoku Sanjin), Ichimoku kinkō hyō (1969).
/// </summary>
internal struct Ichimoku(int tenkan, int kijun, int senkou) : IBarLinesKernel
{
    private RollingRange _tenkan = new(tenkan);
    private RollingRange _kijun = new(kijun);
    private RollingRange _senkou = new(senkou);
    private Delay _delayA = new(kijun);
    private Delay _delayB = new(kijun);

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<Ichimoku>(
        new("ichimoku", "Ichimoku: tenkan, kijun, and the two senkou in force at the bar (computed a kijun length ago).")
        {
            Parameters = [IndicatorParameter.Length(9, "tenkan"), IndicatorParameter.Length(26, "kijun"), IndicatorParameter.Length(52, "senkou")],
            Outputs = ["tenkan", "kijun", "senkou_a", "senkou_b"],
            WarmUp = p => (int)p[1] + (int)Math.Max(Math.Max(p[0], p[1]), p[2]) - 1,
        },
        p => new Ichimoku((int)p[0], (int)p[1], (int)p[2]));

    public static int Lines => 4;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar))
            return;
        if (_tenkan.Next(bar.High, bar.Low))
            lines[0] = _tenkan.Middle;
        if (_kijun.Next(bar.High, bar.Low))
            lines[1] = _kijun.Middle;
        lines[2] = _delayA.Next(0.5 * (lines[0] + lines[1]));
        lines[3] = _delayB.Next(_senkou.Next(bar.High, bar.Low) ? _senkou.Middle : double.NaN);
    }
}
