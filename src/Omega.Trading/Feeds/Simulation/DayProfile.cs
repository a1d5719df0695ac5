namespace Omega.Trading.Feeds;

/// <summary>
/// How lively the hours of a week are: shares of the mean variance and of the mean volume. Rounded from BTCUSDT, 2020 to 2024, each month
/// over its own mean; the peak is the American morning.
/// </summary>
internal static class DayProfile
{
    private static readonly double[] HourVariance =
    [
        1.15, 1.00, 0.85, 0.75, 0.65, 0.60, 0.60, 0.70, 0.85, 0.80, 0.80, 0.75,
        1.10, 1.30, 1.85, 1.50, 1.20, 1.10, 1.05, 1.15, 1.10, 1.10, 1.00, 1.05,
    ];

    private static readonly double[] HourVolume =
    [
        1.00, 0.90, 0.85, 0.80, 0.75, 0.75, 0.80, 0.90, 0.95, 0.95, 0.95, 0.95,
        1.20, 1.35, 1.55, 1.45, 1.35, 1.10, 1.05, 1.00, 1.00, 0.80, 0.80, 0.80,
    ];

    private const double WorkdayVariance = 1.16;
    private const double WeekendVariance = 0.60;
    private const double WorkdayVolume = 1.12;
    private const double WeekendVolume = 0.70;

    /// <summary>The share of an hour that begins at a time, in milliseconds since 1970-01-01 UTC; 1 on the mean over a week.</summary>
    public static (double Variance, double Volume) At(long time)
    {
        var hour = (int)(time / 3_600_000 % 24);

        // 1970-01-01 was a Thursday.
        var isWeekend = ((time / 86_400_000) + 3) % 7 >= 5;
        return isWeekend
            ? (HourVariance[hour] * WeekendVariance, HourVolume[hour] * WeekendVolume)
            : (HourVariance[hour] * WorkdayVariance, HourVolume[hour] * WorkdayVolume);
    }
}
