namespace Omega.Trading.Backtesting;

/// <summary>Series whose past is as it was and whose future is another one.</summary>
internal static class AlteredFuture
{
    /// <summary>Alters every bar after one.</summary>
    /// <param name="series">The series.</param>
    /// <param name="last">The last bar that stays, at least up to its close.</param>
    /// <param name="alteration">How.</param>
    /// <param name="random">Seeded.</param>
    public static CandleSeries Of(CandleSeries series, int last, FutureAlteration alteration, Random random)
    {
        if (alteration == FutureAlteration.Removed)
            return series.Slice(0, last + 1);
        var later = series.Count - last - 1;
        var (opens, highs, lows) = (series.Opens.ToArray(), series.Highs.ToArray(), series.Lows.ToArray());
        var (closes, volumes) = (series.Closes.ToArray(), series.Volumes.ToArray());
        if (alteration == FutureAlteration.Scaled)
        {
            var factor = 1.2 + (2 * random.NextDouble());
            foreach (var column in (double[][])[opens, highs, lows, closes, volumes])
            {
                foreach (ref var value in column.AsSpan(last + 1))
                    value *= factor;
            }
        }
        else
        {
            var order = new int[later];
            for (var i = 0; i < later; i++)
                order[i] = last + 1 + i;
            random.Shuffle(order);
            foreach (var column in (double[][])[opens, highs, lows, closes, volumes])
            {
                var before = (double[])column.Clone();
                for (var i = 0; i < later; i++)
                    column[last + 1 + i] = before[order[i]];
            }

            if (alteration == FutureAlteration.OwnClose)
            {
                // To the end of the range that it is further from, so that it changes wherever the bar has a range.
                closes[last] = highs[last] - closes[last] > closes[last] - lows[last] ? highs[last] : lows[last];
                volumes[last] = (volumes[last] * 2) + 1;
            }
        }

        return new CandleSeries(series.Timeframe, series.Source, series.Times.ToArray(), opens, highs, lows, closes, volumes);
    }
}
