namespace Omega.Trading;

/// <summary>Finds the timeframe of rows in order, and takes out those that do not open with one of its periods.</summary>
internal static class RowGrid
{
    /// <summary>Settles the timeframe.</summary>
    /// <param name="name">The file, for errors.</param>
    /// <param name="rows">Rows, oldest first.</param>
    /// <param name="given">The timeframe asked for, or null.</param>
    /// <param name="bad">Takes the rows off the grid.</param>
    /// <param name="notes">Takes what is odd.</param>
    /// <exception cref="CandleFileException">The distance between candles is no timeframe, or longer ones were asked for.</exception>
    public static Timeframe Settle(string name, CandleRows rows, Timeframe? given, BadRowLog bad, List<string> notes)
    {
        var distance = CommonDistance(rows.Times);
        var found = Timeframe.All.FirstOrDefault(known => known.Milliseconds == distance);
        if (given is null && distance == 0)
            throw new CandleFileException(name, null, "One candle alone has no distance to tell its timeframe from. Name it (--timeframe 1h).");
        if (given is null && found == default)
            throw new CandleFileException(name, null, $"Most candles are {Words(distance)} apart, which is no known timeframe ({string.Join(", ", Timeframe.All)}). Name the timeframe (--timeframe 1h).");
        if (given is { } longer && distance > 0 && distance < longer.Milliseconds)
            throw new CandleFileException(name, null, $"Most candles are {Words(distance)} apart, so these are not {longer} candles. Read them as they are and resample them.");
        if (given is { } shorter && distance > shorter.Milliseconds)
            notes.Add($"Most candles are {Words(distance)} apart, farther than the timeframe {shorter} that was asked for.");
        var timeframe = given ?? found;
        RemoveOffGrid(rows, timeframe, bad);
        return timeframe;
    }

    /// <summary>The distance that occurs most often, the shortest of several; 0 where there is none.</summary>
    private static long CommonDistance(ReadOnlySpan<long> times)
    {
        var counts = new Dictionary<long, int>();
        var (last, run) = (0L, 0);
        for (var i = 1; i < times.Length; i++)
        {
            // Mostly the same again and again: those need no look-up.
            if (times[i] - times[i - 1] is var distance && distance != last)
            {
                counts[last] = counts.GetValueOrDefault(last) + run;
                (last, run) = (distance, 0);
            }

            run++;
        }

        counts[last] = counts.GetValueOrDefault(last) + run;
        var most = counts.Values.Max();
        return counts.Where(count => count.Value == most).Min(count => count.Key);
    }

    private static void RemoveOffGrid(CandleRows rows, Timeframe timeframe, BadRowLog bad)
    {
        bool[]? marked = null;
        var times = rows.Times;
        for (var i = 0; i < times.Length; i++)
        {
            if (timeframe.Floor(times[i]) == times[i])
                continue;
            marked ??= new bool[times.Length];
            marked[i] = true;
            if (bad.Add(BadRowKind.OffGrid))
                bad.List(rows.Lines[i], BadRowKind.OffGrid, $"The time {IsoTime.Format(times[i])} is not the start of a {timeframe} period.");
        }

        if (marked is not null)
            rows.Remove(marked);
    }

    private static string Words(long milliseconds) =>
        Timeframe.All.FirstOrDefault(known => known.Milliseconds == milliseconds) is { Milliseconds: > 0 } known ? known.ToString() : TimeSpan.FromMilliseconds(milliseconds).ToString();
}
