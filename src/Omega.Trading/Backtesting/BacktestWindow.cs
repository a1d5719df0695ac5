using System.Runtime.Intrinsics;

namespace Omega.Trading.Backtesting;

/// <summary>Which bars of a series a back-test runs over. Indices into the series.</summary>
/// <param name="WarmFrom">First bar shown to the strategy.</param>
/// <param name="Start">First bar of the window.</param>
/// <param name="End">One past its last bar.</param>
internal readonly record struct BacktestWindow(int WarmFrom, int Start, int End)
{
    private const double MostPrice = 1e15;

    public int Bars => End - Start;

    /// <summary>Finds the window and refuses what cannot be tested.</summary>
    public static BacktestWindow Of(CandleSeries series, BacktestOptions options, decimal tick)
    {
        if (series.Count == 0)
            throw new TradingException("There are no candles to test on.");
        var start = options.From is { } from ? series.IndexFrom(from.ToUnixTimeMilliseconds()) : 0;
        var end = options.To is { } to ? series.IndexFrom(to.ToUnixTimeMilliseconds()) : series.Count;
        if (end - start < 2)
        {
            throw new TradingException($"The window from {options.From?.ToString("O") ?? "the start"} to {options.To?.ToString("O") ?? "the end"} holds {Math.Max(end - start, 0)} of the {series.Count} candles, "
                + $"which open from {series[0].OpenTime:O} to {series[^1].OpenTime:O}. A back-test needs at least 2.");
        }

        var warmFrom = options.WarmUp is { } bars ? Math.Max(start - bars, 0) : 0;
        CheckPrices(series, warmFrom, end, tick);
        return new(warmFrom, start, end);
    }

    /// <summary>Refuses bars that no market can have: every figure after them would be wrong.</summary>
    private static void CheckPrices(CandleSeries series, int from, int end, decimal tick)
    {
        var opens = series.Opens[from..end];
        var highs = series.Highs[from..end];
        var lows = series.Lows[from..end];
        var closes = series.Closes[from..end];
        var (zero, most, lowest) = (Vector256<double>.Zero, Vector256.Create(MostPrice), Vector256.Create(double.PositiveInfinity));
        var sound = Vector256<double>.AllBitsSet;
        var (i, width) = (0, Vector256<double>.Count);
        for (; i <= opens.Length - width; i += width)
        {
            var (open, high) = (Vector256.Create(opens.Slice(i, width)), Vector256.Create(highs.Slice(i, width)));
            var (low, close) = (Vector256.Create(lows.Slice(i, width)), Vector256.Create(closes.Slice(i, width)));

            // Comparisons with NaN are false, so NaN is refused too.
            sound &= Vector256.GreaterThan(low, zero) & Vector256.LessThan(high, most)
                & Vector256.GreaterThanOrEqual(open, low) & Vector256.LessThanOrEqual(open, high)
                & Vector256.GreaterThanOrEqual(close, low) & Vector256.LessThanOrEqual(close, high);
            lowest = Vector256.Min(lowest, low);
        }

        var least = Math.Min(Math.Min(lowest[0], lowest[1]), Math.Min(lowest[2], lowest[3]));
        var isSound = Vector256.EqualsAll(sound.AsInt64(), Vector256<long>.AllBitsSet);
        for (; i < opens.Length; i++)
        {
            isSound &= IsSound(series[from + i]);
            least = Math.Min(least, lows[i]);
        }

        if (!isSound)
            throw Unsound(series, from, end);
        if (least < (double)tick)
            throw new TradingException($"Prices go down to {least:R}, below the tick of {tick}. Give the instrument with a tick that fits its prices.");
    }

    private static bool IsSound(in Candle bar) =>
        bar.Low > 0 && bar.High < MostPrice && bar.Open >= bar.Low && bar.Open <= bar.High && bar.Close >= bar.Low && bar.Close <= bar.High;

    private static TradingException Unsound(CandleSeries series, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            var bar = series[i];
            if (!IsSound(bar))
                return new TradingException($"Candle {i} ({bar.OpenTime:O}) has open {bar.Open:R}, high {bar.High:R}, low {bar.Low:R}, close {bar.Close:R}. Prices must be above 0 and below 1E+15, with open and close between low and high. Check the file with: omega data check");
        }

        return new TradingException("The candles hold a price that is not possible.");
    }
}
