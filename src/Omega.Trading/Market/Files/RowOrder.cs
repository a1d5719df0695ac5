namespace Omega.Trading;

/// <summary>Brings rows into order of time: turns a newest-first file round and takes out duplicates and the fewest rows that do not fit.</summary>
internal static class RowOrder
{
    /// <summary>Orders the rows.</summary>
    /// <returns>Whether they stood newest first.</returns>
    public static bool Settle(CandleRows rows, BadRowLog bad)
    {
        var (rising, falling) = (0, 0);
        var times = rows.Times;
        for (var i = 1; i < times.Length; i++)
        {
            rising += times[i] > times[i - 1] ? 1 : 0;
            falling += times[i] < times[i - 1] ? 1 : 0;
        }

        var isReversed = falling > rising;
        if (Math.Max(rising, falling) < times.Length - 1)
        {
            RemoveDuplicates(rows, bad);
            RemoveMisfits(rows, bad, isReversed);
        }

        if (isReversed)
            rows.Reverse();
        return isReversed;
    }

    private static void RemoveDuplicates(CandleRows rows, BadRowLog bad)
    {
        var times = rows.Times;
        var lines = rows.Lines;
        var (seen, marked, found) = (new Dictionary<long, int>(times.Length), new bool[times.Length], false);
        for (var i = 0; i < times.Length; i++)
        {
            if (seen.TryAdd(times[i], lines[i]))
                continue;
            found = marked[i] = true;
            if (bad.Add(BadRowKind.Duplicate))
                bad.List(lines[i], BadRowKind.Duplicate, $"The time {IsoTime.Format(times[i])} stands in line {seen[times[i]]} already; that row stays.");
        }

        if (found)
            rows.Remove(marked);
    }

    // What stays is a longest run of rows in order (patience sorting), so that one row with a time far ahead does not drive out all
    // that follow it. It is built from the last row to the first: of several such runs it is the one whose rows come first in the file.
    private static void RemoveMisfits(CandleRows rows, BadRowLog bad, bool isReversed)
    {
        var times = rows.Times;
        var lines = rows.Lines;
        var sign = isReversed ? 1 : -1;
        var (after, ends, endTimes) = (new int[times.Length], new int[times.Length], new long[times.Length]);
        var longest = 0;
        for (var i = times.Length - 1; i >= 0; i--)
        {
            var time = sign * times[i];
            var at = longest == 0 || time > endTimes[longest - 1] ? longest : ~endTimes.AsSpan(0, longest).BinarySearch(time);
            (ends[at], endTimes[at]) = (i, time);
            after[i] = at == 0 ? -1 : ends[at - 1];
            longest = Math.Max(longest, at + 1);
        }

        if (longest == times.Length)
            return;
        var marked = new bool[times.Length];
        Array.Fill(marked, true);
        for (var i = ends[longest - 1]; i >= 0; i = after[i])
            marked[i] = false;
        for (var i = 0; i < marked.Length; i++)
        {
            if (marked[i] && bad.Add(BadRowKind.OutOfOrder))
                bad.List(lines[i], BadRowKind.OutOfOrder, $"The time {IsoTime.Format(times[i])} does not fit between those of the rows around it.");
        }

        rows.Remove(marked);
    }
}
