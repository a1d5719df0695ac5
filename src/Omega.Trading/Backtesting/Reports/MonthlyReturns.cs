namespace Omega.Trading.Backtesting;

/// <summary>The return of one calendar month, UTC; a month at an end of the window counts as far as it goes.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Return">Equity at the month's last close over that at the last close before the month, less 1.</param>
internal readonly record struct MonthlyReturn(int Year, int Month, double Return);

/// <summary>Splits an equity curve into months. A bar belongs to the month in which it opens.</summary>
internal static class MonthlyReturns
{
    /// <summary>The months that have bars, oldest first. Compounded they make the total return.</summary>
    /// <param name="times">Open times of the bars, in milliseconds since 1970-01-01 UTC.</param>
    /// <param name="equity">Equity at each close.</param>
    /// <param name="initial">What the account began with.</param>
    public static List<MonthlyReturn> Of(ReadOnlySpan<long> times, ReadOnlySpan<double> equity, double initial)
    {
        var months = new List<MonthlyReturn>();
        for (int begin = 0, end; begin < equity.Length; begin = end)
        {
            var opened = DateTimeOffset.FromUnixTimeMilliseconds(times[begin]).UtcDateTime;
            var next = new DateTimeOffset(opened.Year, opened.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).ToUnixTimeMilliseconds();
            end = begin + 1;
            while (end < equity.Length && times[end] < next)
                end++;
            var before = begin == 0 ? initial : equity[begin - 1];
            months.Add(new(opened.Year, opened.Month, (equity[end - 1] / before) - 1));
        }

        return months;
    }
}
