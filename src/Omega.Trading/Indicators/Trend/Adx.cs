namespace Omega.Trading.Indicators;

/// <summary>
/// Directional movement. +DM is the rise of the high where it is above zero and above the fall of the low, −DM the reverse; ±DI =
/// 100·(smoothed ±DM)/(smoothed true range), DX = 100·|+DI − −DI|/(+DI + −DI), ADX = smoothed DX; all by Wilder's smoothing, seeded with
/// means (movements 1..n, then the first n DX). DI from bar n, ADX from bar 2n − 1. DI is null where there was no range, DX where nothing
/// moved; a null DX does not count in ADX. Source: Wilder, New Concepts in Technical Trading Systems (1978), section IV.
/// </summary>
internal struct Adx(int length) : IBarLinesKernel
{
    private Smoothing _plus = Smoothing.Wilder(length);
    private Smoothing _minus = Smoothing.Wilder(length);
    private Smoothing _range = Smoothing.Wilder(length);
    private Smoothing _adx = Smoothing.Wilder(length);
    private Candle _previous;
    private bool _begun;

    public static IndicatorDescriptor Indicator { get; } = new BarLinesIndicator<Adx>(
        new("adx", "Directional movement, 0 to 100: strength of the trend (ADX) and its two sides (+DI, −DI).")
        {
            Parameters = [IndicatorParameter.Length(14)],
            Outputs = ["adx", "plus_di", "minus_di"],
            WarmUp = p => (2 * (int)p[0]) - 1,
        },
        p => new Adx((int)p[0]));

    public static int Lines => 3;

    public void Next(in Candle bar, Span<double> lines)
    {
        lines.Fill(double.NaN);
        if (Null.Is(bar))
            return;
        var (previous, begun) = (_previous, _begun);
        (_previous, _begun) = (bar, true);
        if (!begun)
            return;
        var (rise, fall) = (bar.High - previous.High, previous.Low - bar.Low);
        var size = Math.Max(bar.High, previous.High);
        var plus = _plus.Next(Price.IsAbove(rise, fall, size) ? Math.Max(rise, 0) : 0);
        var minus = _minus.Next(Price.IsAbove(fall, rise, size) ? Math.Max(fall, 0) : 0);
        var range = _range.Next(Price.TrueRange(bar, previous.Close));
        var dx = 100 * Null.Divide(Math.Abs(plus - minus), plus + minus);
        if (!double.IsNaN(dx))
            lines[0] = _adx.Next(dx);
        lines[1] = 100 * Null.Divide(plus, range);
        lines[2] = 100 * Null.Divide(minus, range);
    }
}
