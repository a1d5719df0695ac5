using System.Globalization;
using CsCheck;
using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

public class LinePathTests
{
    [Fact]
    public void Of_FewPoints_DrawsEach()
    {
        var plot = new Plot(10, 5, 100, 50, new TimeAxis(0, 100), ValueAxis.DownFromZero(-1 / 1.04));
        Assert.Equal("M10 5 60 55 110 30", LinePath.Of([0, 50, 100], [0, -1, -0.5], plot));
    }

    [Fact]
    public void Of_ManyPoints_KeepsTheExtremesOfEveryColumnInBoundedLength() => Gen.Int[500, 5_000].Select(Gen.Int[0, 1000]).Sample((count, seed) =>
    {
        const int Width = 50;
        var random = new Random(seed);
        long[] times = [.. Enumerable.Range(0, count).Select(i => i * 60_000L)];
        double[] values = [.. times.Select(_ => random.NextDouble())];
        var plot = new Plot(0, 0, Width, 1000, new TimeAxis(0, count * 60_000L), ValueAxis.Of(0, 1, mayBeLogarithmic: false));

        var numbers = LinePath.Of(times, values, plot)[1..].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).Chunk(2).ToList();

        Assert.InRange(numbers.Count, Width, 4 * Width);
        Assert.Equal(numbers.Select(point => point[0]).Order(), numbers.Select(point => point[0]));
        foreach (var column in Enumerable.Range(0, count).GroupBy(i => plot.Column(times[i])))
        {
            // A point at a column's very edge is written as the next one's beginning.
            var drawn = numbers.Where(point => point[0] >= column.Key - 0.05 && point[0] <= column.Key + 1.05).Select(point => point[1]).ToList();
            Assert.Contains(drawn, y => Math.Abs(y - plot.Y(column.Max(i => values[i]))) <= 0.05);
            Assert.Contains(drawn, y => Math.Abs(y - plot.Y(column.Min(i => values[i]))) <= 0.05);
        }
    }, iter: 20);
}
