using CsCheck;
using Omega.Trading.Indicators;
using Omega.Trading.Tests.Indicators.Textbook;

namespace Omega.Trading.Tests.Indicators;

/// <summary>What holds of every indicator in the catalogue.</summary>
public sealed class IndicatorPropertyTests
{
    private static readonly double[] Broken = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e101, -1e300];

    public static TheoryData<string> Names => [.. IndicatorCatalog.All.Select(indicator => indicator.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Start_BarByBar_EqualsOverToTheBit(string name) =>
        Gen.Select(Bars.Any, Gen.Int[0, 2]).Sample((bars, scale) =>
        {
            var indicator = Small(name, scale);
            AssertSame(indicator, Columns(indicator, bars), Streamed(indicator, bars, bar => bar.Close));
        }, iter: 60);

    /// <summary>No output at a bar depends on a later one: the beginning of a series has the beginning of its columns.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Over_BeginningOfASeries_IsTheBeginningOfItsColumns(string name) =>
        Gen.Select(Bars.Any, Gen.Int[0, 160]).Sample((bars, split) =>
        {
            var (indicator, beginning) = (Small(name), bars[..Math.Min(split, bars.Length)]);
            AssertSame(indicator, [.. Columns(indicator, bars).Select(column => column[..beginning.Length])], Columns(indicator, beginning));
        }, iter: 60);

    [Theory]
    [MemberData(nameof(Names))]
    public void Next_NullInput_IsNullAndAsIfItHadNotBeen(string name) =>
        Gen.Select(Bars.Any, Gen.Int[0, 1_000_000]).Sample((bars, seed) =>
        {
            var indicator = Small(name);
            var random = new Random(seed);
            var nulls = bars.Select(_ => random.Next(4) == 0).ToArray();
            var spoiled = bars.Select((bar, i) => nulls[i] ? Spoiled(bar, random) : bar).ToArray();

            var streamed = Streamed(indicator, spoiled, bar => bar.Close);
            var without = Columns(indicator, [.. bars.Where((_, i) => !nulls[i])]);

            Assert.All(streamed, column => Assert.All(column.Where((_, i) => nulls[i]), value => Assert.True(double.IsNaN(value))));
            AssertSame(indicator, without, [.. streamed.Select(column => column.Where((_, i) => !nulls[i]).ToArray())]);
        }, iter: 60);

    [Theory]
    [MemberData(nameof(Names))]
    public void WarmUp_BarsThatMoveAndTrade_IsTheFirstBarWithEveryValue(string name) =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[5, 9]).Sample((seed, scale) =>
        {
            // Long enough that no window sees rising or inner bars alone, in which an RSI stands still and nothing is directed.
            var indicator = Small(name, scale);
            // Days, so that pivot points find a new one at each bar.
            var bars = Bars.Walk(seed, indicator.WarmUpBars + 3, step: 86_400_000, gaps: false);
            var columns = Columns(indicator, bars);
            var first = Array.FindIndex(bars, bar => columns.All(column => !double.IsNaN(column[Array.IndexOf(bars, bar)])));
            if (indicator.Descriptor.WarmUpDependsOnData)
                Assert.True(first < 0 || first >= indicator.WarmUpBars, $"{indicator}: {first} before {indicator.WarmUpBars}");
            else
                Assert.Equal(indicator.WarmUpBars, first);
        }, iter: 30);

    /// <summary>Sizes near the bounds, where squares and ratios overflow or vanish.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Over_AnySizes_IsNeverInfinite(string name) =>
        Gen.Select(Gen.Int[-99, 99].Array[0, 60], Gen.Int[0, 1_000_000]).Sample((exponents, seed) =>
        {
            var random = new Random(seed);
            var bars = exponents.Select((exponent, i) => Sized(i, Math.Pow(10, exponent), random)).ToArray();
            Assert.All(Columns(Small(name), bars), column => Assert.DoesNotContain(column, double.IsInfinity));
        }, iter: 60);

    [Theory]
    [MemberData(nameof(Names))]
    public void Next_AfterSizesNearTheBound_RecoversItself(string name)
    {
        var indicator = Small(name);
        var bars = Bars.Walk(5, 4000);
        for (var i = 100; i < 110; i++)
            bars[i] = bars[i] with { High = 1e99, Close = 9e98 };
        var columns = Columns(indicator, bars);
        // On-balance volume and Heikin-Ashi among them: whatever is summed or averaged has numbers again.
        Assert.All(columns, column => Assert.Contains(column[3000..], value => !double.IsNaN(value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Next_EachBar_AllocatesNothing(string name)
    {
        var (stream, bars) = (Small(name).Start(), Bars.Walk(3, 300));
        Span<double> outputs = stackalloc double[stream.Outputs];
        foreach (var bar in bars.AsSpan(0, 100))
        {
            stream.Next(bar, bar.Close);
            stream.Next(bar, bar.Close, outputs);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var bar in bars.AsSpan(100))
        {
            stream.Next(bar, bar.Close);
            stream.Next(bar, bar.Close, outputs);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The typed kernel that other code takes is the one of the stream.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Use_Kernel_EqualsTheStream(string name)
    {
        var (indicator, bars) = (Small(name), Bars.Walk(11, 300));
        var first = indicator.Descriptor.Use([.. indicator.Parameters], new FirstLines(bars));
        AssertSame(indicator, [Streamed(indicator, bars, bar => bar.Close)[0]], [first]);
    }

    private static Indicator Small(string name, int scale = 0)
    {
        // Windows of the tests' library, longer or shorter; what is no window stays.
        var descriptor = IndicatorCatalog.Find(name);
        var values = Library.All.FirstOrDefault(entry => entry.Name == name)?.Parameters ?? [.. descriptor.Parameters.Select(parameter => parameter.Default)];
        return descriptor.With([.. values.Select((value, i) => descriptor.Parameters[i] is { IsInteger: true } ? value + scale : value)]);
    }

    private static double[][] Columns(Indicator indicator, Candle[] bars) => [.. indicator.Over(Bars.Series(bars)).Select(column => column.Values.ToArray())];

    private static double[][] Streamed(Indicator indicator, Candle[] bars, Func<Candle, double> source)
    {
        var stream = indicator.Start();
        var columns = indicator.Columns.Select(_ => new double[bars.Length]).ToArray();
        var outputs = new double[stream.Outputs];
        for (var t = 0; t < bars.Length; t++)
        {
            stream.Next(bars[t], source(bars[t]), outputs);
            for (var line = 0; line < outputs.Length; line++)
                columns[line][t] = outputs[line];
        }

        return columns;
    }

    private static void AssertSame(Indicator indicator, double[][] expected, double[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var line = 0; line < expected.Length; line++)
        {
            var differs = expected[line].Zip(actual[line]).Select((pair, t) => (pair, t)).FirstOrDefault(at => !Bits(at.pair.First, at.pair.Second), (default, -1));
            if (differs.Item2 >= 0 || expected[line].Length != actual[line].Length)
                Assert.Fail($"{indicator.Columns[line]}, bar {differs.Item2}: {differs.Item1.First:R} and {differs.Item1.Second:R}");
        }

        static bool Bits(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
    }

    /// <summary>The close must break too, for indicators of one series read nothing else.</summary>
    private static Candle Spoiled(Candle bar, Random random)
    {
        var spoiled = bar with { Close = Broken[random.Next(Broken.Length)] };
        return random.Next(2) == 0 ? spoiled : spoiled with { High = double.NaN, Volume = double.PositiveInfinity };
    }

    private static Candle Sized(int i, double size, Random random)
    {
        double[] prices = [.. Enumerable.Range(0, 4).Select(_ => size * (1 + random.NextDouble())).Order()];
        return new(i * 3_600_000L, prices[1], prices[3], prices[0], prices[2], random.Next(3) == 0 ? 0 : size);
    }

    private sealed class FirstLines(Candle[] bars) : IKernelUser<double[]>
    {
        public double[] Series<TKernel>(TKernel kernel)
            where TKernel : struct, ISeriesKernel => [.. bars.Select(bar => kernel.Next(bar.Close))];

        public double[] Bars<TKernel>(TKernel kernel)
            where TKernel : struct, IBarKernel => [.. bars.Select(bar => kernel.Next(bar))];

        public double[] SeriesLines<TKernel>(TKernel kernel)
            where TKernel : struct, ISeriesLinesKernel
        {
            var lines = new double[TKernel.Lines];
            return [.. bars.Select(bar =>
            {
                kernel.Next(bar.Close, lines);
                return lines[0];
            })];
        }

        public double[] BarsLines<TKernel>(TKernel kernel)
            where TKernel : struct, IBarLinesKernel
        {
            var lines = new double[TKernel.Lines];
            return [.. bars.Select(bar =>
            {
                kernel.Next(bar, lines);
                return lines[0];
            })];
        }
    }
}
