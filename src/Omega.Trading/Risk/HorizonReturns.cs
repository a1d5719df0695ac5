namespace Omega.Trading.Risk;

/// <summary>
/// Returns over a horizon by the clock: from a close to the one a horizon later, where both bars exist. Overlapping, one for each bar, so
/// that fat tails and clustering over the horizon count as they were; nothing is scaled by √time.
/// </summary>
/// <param name="Overlapping">One for each pair of bars, by time.</param>
/// <param name="Independent">Those of them that do not overlap, from the first on.</param>
internal sealed record HorizonReturns(double[] Overlapping, double[] Independent)
{
    public static HorizonReturns Of(CandleSeries window, TimeSpan horizon, double sign)
    {
        var times = window.Times;
        var closes = window.Closes;
        var span = (long)horizon.TotalMilliseconds;
        var (overlapping, independent, start, free) = (new List<double>(), new List<double>(), 0, long.MinValue);
        for (var end = 0; end < times.Length; end++)
        {
            while (times[start] < times[end] - span)
                start++;
            if (times[start] != times[end] - span)
                continue;
            var change = sign * ((closes[end] / closes[start]) - 1);
            overlapping.Add(change);
            if (times[start] < free)
                continue;
            independent.Add(change);
            free = times[end];
        }

        return new([.. overlapping], [.. independent]);
    }
}
