namespace Omega.Trading.Backtesting;

/// <summary>Makes series whose past is as it was and whose future is another one. Not thread-safe.</summary>
/// <param name="series">What happened.</param>
/// <param name="mayReuse">Whether one set of columns may serve all: only where nobody but a run that is over by then has seen the series.</param>
internal sealed class AlteredFuture(CandleSeries series, bool mayReuse)
{
    private readonly long[] _times = series.Times.ToArray();
    private readonly int[]? _parts = series.Parts.IsEmpty ? null : series.Parts.ToArray();
    private readonly int[] _order = new int[series.Count];
    private CandleColumns? _columns;
    private Range _touched;

    /// <summary>The series as it was up to one bar, and another after it.</summary>
    /// <param name="last">The last bar that stays, at least up to its close.</param>
    /// <param name="end">One past the last bar that is wanted; the series ends there.</param>
    /// <param name="alteration">How.</param>
    /// <param name="random">Seeded.</param>
    public CandleSeries Of(int last, int end, FutureAlteration alteration, Random random)
    {
        if (alteration == FutureAlteration.Removed)
            return series.Slice(0, last + 1);
        var columns = Untouched();
        if (alteration == FutureAlteration.Scaled)
            Scale(columns, last + 1, end, 1.2 + (2 * random.NextDouble()));
        else
            Shuffle(columns, last + 1, end, random);
        if (alteration == FutureAlteration.OwnClose)
            AlterClose(columns, last);
        _touched = last..end;
        return new CandleSeries(series.Timeframe, series.Source, columns, 0, end);
    }

    /// <summary>Columns that hold what happened.</summary>
    private CandleColumns Untouched()
    {
        if (_columns is null || !mayReuse)
        {
            return _columns = new CandleColumns(_times, series.Opens.ToArray(), series.Highs.ToArray(), series.Lows.ToArray(), series.Closes.ToArray(), series.Volumes.ToArray())
            {
                Parts = _parts,
                ExpectedParts = series.ExpectedParts,
            };
        }

        series.Opens[_touched].CopyTo(_columns.Opens.AsSpan(_touched));
        series.Highs[_touched].CopyTo(_columns.Highs.AsSpan(_touched));
        series.Lows[_touched].CopyTo(_columns.Lows.AsSpan(_touched));
        series.Closes[_touched].CopyTo(_columns.Closes.AsSpan(_touched));
        series.Volumes[_touched].CopyTo(_columns.Volumes.AsSpan(_touched));
        return _columns;
    }

    private static void Scale(CandleColumns columns, int from, int end, double factor)
    {
        foreach (var column in (double[][])[columns.Opens, columns.Highs, columns.Lows, columns.Closes, columns.Volumes])
        {
            foreach (ref var value in column.AsSpan(from..end))
                value *= factor;
        }
    }

    /// <summary>Puts bars drawn from all later ones in the place of some of them (Fisher and Yates, as far as they are wanted).</summary>
    private void Shuffle(CandleColumns columns, int from, int end, Random random)
    {
        for (var i = from; i < _order.Length; i++)
            _order[i] = i;
        for (var i = from; i < end; i++)
        {
            var other = random.Next(i, _order.Length);
            (_order[i], _order[other]) = (_order[other], _order[i]);
            columns.Set(i, series[_order[i]] with { Time = _times[i] });
        }
    }

    private void AlterClose(CandleColumns columns, int bar)
    {
        // To the end of the range that it is further from, so that it changes wherever the bar has a range.
        var candle = series[bar];
        columns.Closes[bar] = candle.High - candle.Close > candle.Close - candle.Low ? candle.High : candle.Low;
        columns.Volumes[bar] = (candle.Volume * 2) + 1;
    }
}
