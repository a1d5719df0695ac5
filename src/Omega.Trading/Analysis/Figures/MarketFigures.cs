namespace Omega.Trading.Analysis;

/// <summary>The figures of a <see cref="TimeframeReport"/>, in its order.</summary>
internal static class MarketFigures
{
    public static FigureDefinition[] All { get; } =
    [
        new("timeframe", Units.Text, "The period of the bars: 1m to 1w."),
        new("as_of", Units.Time, "Close time of the last final bar."),
        new("price", Units.Quote, "Close of the last final bar."),

        new("trend.direction", Units.Text, "up where the close and EMA(20) are above EMA(50), down where both are below, each with ADX(14) of at least 20; else sideways."),
        new("trend.strength", Units.Fraction, "ADX(14) / 100: 0 no trend, 1 nothing but trend; it has no direction."),
        new("trend.method", Units.Text, "How the direction was found, in words."),
        new("trend.ema_20", Units.Quote, "Exponential average of closes, length 20, seeded with the mean of the first 20."),
        new("trend.ema_50", Units.Quote, "The same, length 50."),
        new("trend.ema_200", Units.Quote, "The same, length 200."),
        new("trend.adx_14", Units.Index, "Average directional index, Wilder's smoothing over 14 bars."),
        new("trend.plus_di_14", Units.Index, "Smoothed upward movement over smoothed true range, 14 bars."),
        new("trend.minus_di_14", Units.Index, "Smoothed downward movement over smoothed true range, 14 bars."),
        new("trend.slope_50", "fraction per bar", "Slope of the least-squares line through the last 50 closes, over the last close."),
        new("trend.r2_50", "0 to 1", "Share of the variance of these closes that the line explains."),

        new("momentum.state", Units.Text, "overbought where RSI(14) is at least 70, oversold where it is at most 30, else neutral. A state, not a signal."),
        new("momentum.rsi_14", Units.Index, "Relative strength index: mean gain over mean gain and loss, Wilder's smoothing over 14 bars."),
        new("momentum.macd_line", Units.Quote, "EMA(12) − EMA(26) of closes."),
        new("momentum.macd_signal", Units.Quote, "EMA(9) of the line."),
        new("momentum.macd_histogram", Units.Quote, "Line less signal."),
        new("momentum.roc_10", Units.Fraction, "Change of the close over 10 bars."),
        new("momentum.roc_50", Units.Fraction, "Change of the close over 50 bars."),
        new("momentum.stochastic_k", Units.Index, "Where the close lies in the range of 14 bars, mean of 3."),
        new("momentum.stochastic_d", Units.Index, "Mean of 3 values of %K."),

        new("volatility.atr_14", Units.Quote, "Average true range, Wilder's smoothing over 14 bars."),
        new("volatility.atr_fraction", Units.Fraction, "ATR(14) over the close."),
        new("volatility.hv_20", "fraction per year", "Standard deviation (ddof 1) of the last 20 logarithmic returns, times √bars per year (365 × 24 h)."),
        new("volatility.regime", Units.Text, "low below the quantile 0.25, high from 0.75, extreme from 0.95, else normal."),
        new("volatility.regime_quantile", "0 to 1", "Share of the values of hv_20 on up to 1,000 bars before the last that lie below the present one, equal ones counting half; needs 100 of them."),
        new("volatility.regime_bars", Units.Count, "How many past values that was."),
        new("volatility.bollinger_lower", Units.Quote, "SMA(20) less 2 population standard deviations of the same 20 closes."),
        new("volatility.bollinger_middle", Units.Quote, "SMA(20) of closes."),
        new("volatility.bollinger_upper", Units.Quote, "SMA(20) and 2 population standard deviations."),
        new("volatility.bollinger_width", Units.Fraction, "Upper less lower band, over the middle."),
        new("volatility.bollinger_position", Units.Fraction, "Where the close lies between the bands: 0 at the lower, 1 at the upper; outside them below 0 or above 1."),

        new("volume.last", Units.Base, "Volume of the last bar."),
        new("volume.mean_20", Units.Base, "Mean volume of the 20 bars before the last."),
        new("volume.relative", "ratio", "volume.last over volume.mean_20."),
        new("volume.cmf_20", "−1 to 1", "Chaikin money flow: where closes lie in their bars, weighted with volume, over 20 bars."),
        new("volume.mfi_14", Units.Index, "Money flow index: share of the money of 14 bars that traded at rising typical prices."),
        new("volume.vwap_20", Units.Quote, "Volume-weighted average of the typical prices of 20 bars."),

        .. Levels("support", "below"),
        .. Levels("resistance", "above"),

        new("fibonacci", Units.Text, "The last confirmed leg of alternating swings and its levels; null until there is one. A swing is as in support. An opposite swing begins a new leg, a more extreme one of the same side carries the leg on."),
        new("fibonacci.direction", Units.Text, "up where the leg ends in a swing high, else down."),
        new("fibonacci.from_price", Units.Quote, "Price of the swing that the leg begins with."),
        new("fibonacci.from_at", Units.Time, "That swing's bar."),
        new("fibonacci.to_price", Units.Quote, "Price of the swing that the leg ends in."),
        new("fibonacci.to_at", Units.Time, "That swing's bar."),
        new("fibonacci.confirmed_at", Units.Time, "The bar whose close confirmed the end of the leg: 3 bars later."),
        new("fibonacci.retracement", Units.Fraction, "How much of the leg the close has taken back: 0 at its end, 1 at its beginning; below 0 beyond the end."),
        new("fibonacci.levels.ratio", Units.Fraction, "0.236, 0.382, 0.5, 0.618, 0.786: back from the end. 1.272, 1.618: from the beginning, beyond the end."),
        new("fibonacci.levels.price", Units.Quote, "The price at that ratio of the leg."),

        new("sweeps", Units.Text, "The last 10 liquidity sweeps, oldest first: a confirmed swing of the last 500 bars was taken out by at least 0.1 ATR(14), and a bar closed back inside at once or within 3 bars. Detected, not scored: nothing says that one foretells anything."),
        new("sweeps.kind", Units.Text, "bull_trap: a high, and no bar closed above it before; bear_trap: a low likewise; fake_breakout: a bar had closed beyond it; stop_hunt: the other side was swept too, on the same bar or within 3 before."),
        new("sweeps.side", Units.Text, "high or low: which swings were taken out."),
        new("sweeps.level", Units.Quote, "Price of the swing; of several, the outermost."),
        new("sweeps.level_at", Units.Time, "The swing's own bar."),
        new("sweeps.taken_at", Units.Time, "The bar that took it out."),
        new("sweeps.confirmed_at", Units.Time, "The bar that closed back inside; the sweep was not known before its close."),
        new("sweeps.extreme", Units.Quote, "The furthest price beyond the swing until then."),
        new("sweeps.depth_atr", Units.Atr, "How far that was, in the ATR(14) of the bar before the one that took it out."),
        new("sweeps.levels", Units.Count, "How many swings were swept at once."),

        new("quality.bars", Units.Count, "Final bars used."),
        new("quality.from", Units.Time, "Open time of the first."),
        new("quality.to", Units.Time, "Close time of the last."),
        new("quality.missing", Units.Count, "Bars missing between the first and the last; nothing is interpolated."),
        new("quality.gaps", Units.Count, "Runs of missing bars."),
        new("quality.largest_gap", Units.Count, "Bars missing in the longest run."),
        new("quality.incomplete", Units.Count, "Bars of a longer timeframe of which parts are missing."),
        new("quality.untraded", Units.Count, "Bars without volume."),
        new("quality.age", Units.Seconds, "From the close of the last bar to the present."),
        new("notes", Units.Text, "For each figure that is null, why."),
    ];

    private static FigureDefinition[] Levels(string side, string where) =>
    [
        new(side, Units.Text, $"Up to 5 levels {where} the close, nearest first: confirmed swings (a high or low beyond those of 3 bars on each side) of the last 500 bars, joined from the lowest up where they lie within 0.5 ATR(14)."),
        new($"{side}.price", Units.Quote, "Mean price of the level's swings."),
        new($"{side}.low", Units.Quote, "Lowest of them."),
        new($"{side}.high", Units.Quote, "Highest of them."),
        new($"{side}.touches", Units.Count, "How many swings lie in the level."),
        new($"{side}.first_at", Units.Time, "The first swing's bar."),
        new($"{side}.last_at", Units.Time, "The last swing's bar."),
        new($"{side}.distance", Units.Fraction, "From the close to the level's price, over the close."),
        new($"{side}.distance_atr", Units.Atr, "From the close to the level's price, over ATR(14)."),
    ];
}
