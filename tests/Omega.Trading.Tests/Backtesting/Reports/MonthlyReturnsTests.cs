using CsCheck;
using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

public class MonthlyReturnsTests
{
    [Fact]
    public void Of_BarsAroundMonthEnds_BelongToTheMonthTheyOpenIn()
    {
        long[] times = [At(2023, 12, 31, 23), At(2024, 1, 1, 0), At(2024, 1, 31, 23), At(2024, 3, 1, 0)];

        var months = MonthlyReturns.Of(times, [110, 99, 121, 60.5], 100);

        Assert.Equal([(2023, 12), (2024, 1), (2024, 3)], months.Select(month => (month.Year, month.Month)));
        Assert.Equal([0.1, 0.1, -0.5], months.Select(month => Math.Round(month.Return, 12)));
    }

    [Fact]
    public void Of_AnyCurve_CompoundsToTheTotalReturn() => Gen.Double[1, 1000].Array[1, 200].Select(Gen.Int[1, 400]).Sample((equity, hours) =>
    {
        long[] times = [.. equity.Select((_, i) => Hourly.Start + (i * hours * 3_600_000L))];
        var compounded = MonthlyReturns.Of(times, equity, 50).Aggregate(1.0, (product, month) => product * (1 + month.Return));
        Assert.Equal(equity[^1] / 50, compounded, 1e-9 * compounded);
    });

    private static long At(int year, int month, int day, int hour) => new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
