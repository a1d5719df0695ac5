namespace Omega.Trading.Backtesting;

/// <summary>Which bars of a series a back-test runs over. Indices into the series.</summary>
/// <param name="WarmFrom">First bar shown to the strategy.</param>
/// <param name="Start">First bar of the window.</param>
/// <param name="End">One past its last bar.</param>
internal readonly record struct BacktestWindow(int WarmFrom, int Start, int End)
{
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
        var least = (double)tick;

        // Where the whole series is sound, so is every window; where it is not, what matters is the window.
        if (series.LowestSoundPrice >= least)
            return;
        var survey = PriceSurvey.Of(series.Opens[from..end], series.Highs[from..end], series.Lows[from..end], series.Closes[from..end]);
        if (!survey.IsSound)
            throw Unsound(series, from, end);
        if (survey.Lowest < least)
            throw new TradingException($"Prices go down to {survey.Lowest:R}, below the tick of {tick}. Give the instrument with a tick that fits its prices.");
    }

    private static TradingException Unsound(CandleSeries series, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            var bar = series[i];
            if (!PriceSurvey.Holds(bar))
                return new TradingException($"Candle {i} ({bar.OpenTime:O}) has open {bar.Open:R}, high {bar.High:R}, low {bar.Low:R}, close {bar.Close:R}. Prices must be above 0 and below 1E+15, with open and close between low and high. Check the file with: omega data check");
        }

        return new TradingException("The candles hold a price that is not possible.");
    }
}
