using System.Globalization;

namespace Omega.Trading.Backtesting;

/// <summary>The horizontal axis of a chart, UTC. Immutable.</summary>
/// <param name="From">Its left end, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="To">Its right end, later than <paramref name="From"/>.</param>
internal sealed record TimeAxis(long From, long To)
{
    private const int MostTicks = 10;
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const double DaysPerMonth = 30.44;

    private static readonly long[] Lengths = [5 * Minute, 15 * Minute, Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 14 * Day];
    private static readonly int[] Months = [1, 3, 6, 12, 24, 60, 120, 240, 600];

    /// <summary>Where a time stands: 0 at the left, 1 at the right.</summary>
    public double At(long time) => (time - From) / (double)(To - From);

    /// <summary>Round times within the axis, each with its label.</summary>
    public List<(long Time, string Label)> Ticks()
    {
        foreach (var length in Lengths)
        {
            if ((To - From) / length < MostTicks)
                return OfLength(length);
        }

        var months = Months.FirstOrDefault(count => (To - From) / (count * DaysPerMonth * Day) < MostTicks, Months[^1]);
        return OfMonths(months);
    }

    private List<(long Time, string Label)> OfLength(long length)
    {
        var format = length < Day ? "MM-dd HH:mm" : "yyyy-MM-dd";
        var ticks = new List<(long, string)>();
        for (var time = From + ((length - (From % length)) % length); time <= To; time += length)
            ticks.Add((time, Label(time, format)));
        return ticks;
    }

    private List<(long Time, string Label)> OfMonths(int months)
    {
        var first = DateTimeOffset.FromUnixTimeMilliseconds(From).UtcDateTime;
        var count = ((first.Year * 12) + first.Month - 1) / months * months;
        var ticks = new List<(long, string)>();
        for (; count / 12 is > 0 and < 9999; count += months)
        {
            var time = new DateTimeOffset(count / 12, (count % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            if (time > To)
                break;
            if (time >= From)
                ticks.Add((time, Label(time, months < 12 ? "yyyy-MM" : "yyyy")));
        }

        return ticks;
    }

    private static string Label(long time, string format) => DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
