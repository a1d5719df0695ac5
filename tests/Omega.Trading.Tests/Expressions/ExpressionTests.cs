using Omega.Trading.Expressions;
using Omega.Trading.Indicators;

namespace Omega.Trading.Tests.Expressions;

public sealed class ExpressionTests
{
    private static readonly Candle[] Walk = MakeWalk(400);

    [Theory]
    [InlineData("ema(12)", "ema(close, 12)")]
    [InlineData("h4.ema(12)", "ema(h4.close, 12)")]
    [InlineData("h4.ema(hl2, 12)", "ema(h4.hl2, 12)")]
    [InlineData("h4.macd(3, 5, 2).signal", "macd(h4.close, 3, 5, 2).signal")]
    [InlineData("h4.macd(3, 5, 2).signal", "(h4.macd(3, 5, 2)).signal")]
    [InlineData("close[1][2]", "close[3]")]
    [InlineData("close[1][2]", "(close[2])[1]")]
    [InlineData("close[0]", "close")]
    [InlineData("ema(fast)", "ema(7)")]
    [InlineData("close[fast - 6]", "close[1]")]
    [InlineData("rsi()", "rsi(14)")]
    [InlineData("rsi(high)", "rsi(high, 14)")]
    [InlineData("highest(20)", "highest(close, 20)")]
    [InlineData("hl2", "(high + low) / 2")]
    [InlineData("hlc3", "(high + low + close) / 3")]
    [InlineData("ohlc4", "(open + high + low + close) / 4")]
    [InlineData("2 + 3 * close", "2 + (3 * close)")]
    [InlineData("-close[1]", "0 - (close[1])")]
    [InlineData("close - open - 1", "(close - open) - 1")]
    [InlineData("close / open / 2", "(close / open) / 2")]
    [InlineData("h1.ema(12)", "ema(12)")]
    [InlineData("ema(close - open, 5)", "ema((close - open), 5)")]
    public void Number_TwoSpellings_AreEqualToTheBit(string one, string other) => AssertEqual(one, other);

    [Theory]
    [InlineData("not close > open", "not (close > open)")]
    [InlineData("close > open or close > 99 and close < 101", "close > open or (close > 99 and close < 101)")]
    [InlineData("not close > open and close > 99", "(not (close > open)) and close > 99")]
    [InlineData("crossover(ema(5), sma(9))", "ema(5) > sma(9) and ema(5)[1] <= sma(9)[1]")]
    [InlineData("crossunder(ema(5), sma(9))", "ema(5) < sma(9) and ema(5)[1] >= sma(9)[1]")]
    [InlineData("true and close > open", "close > open")]
    [InlineData("close > open or 1 > 2", "close > open")]
    [InlineData("h4.crossover(close, sma(3))", "crossover(h4.close, h4.sma(3))")]
    [InlineData("(close > open)[2]", "close[2] > open[2]")]
    public void Truth_TwoSpellings_AreEqual(string one, string other) => AssertEqual(one, other);

    [Theory]
    [InlineData("close", 0)]
    [InlineData("ema(12)", 11)]
    [InlineData("ema(ema(12), 5)[2]", 17)]
    [InlineData("crossover(ema(12), ema(26)) and rsi(14) < 70", 26)]
    [InlineData("h4.close", 3)]
    [InlineData("h4.ema(12) > close", 47)]
    [InlineData("close > ema(100) and h4.close[1] > d1.close", 99)]
    public void WarmUp_Bars_AreThoseBeforeTheFirstValue(string text, int bars)
    {
        var expression = Expression.Parse(text);
        var run = expression.Start(Timeframe.H1);
        var first = -1;
        for (var i = 0; first < 0; i++)
        {
            run.Advance(Walk[i]);
            if (expression.Type == ExpressionType.Number ? run.Number is not null : run.Truth is not null)
                first = i;
        }

        Assert.Equal(bars, expression.WarmUp(Timeframe.H1));
        // A conjunction may be false before all of it is known.
        Assert.True(first <= bars);
        Assert.True(first == bars || text.Contains(" and ", StringComparison.Ordinal));
    }

    [Fact]
    public void Advance_ShortCircuit_DoesNotSkipWhatHasAMemory()
    {
        // Never true on the left: with evaluation that stops there, the average on the right would have missed every bar.
        var (guarded, plain) = (Start("close < 0 or close > ema(3)"), Start("close > ema(3)"));
        foreach (var bar in Walk)
        {
            guarded.Advance(bar);
            plain.Advance(bar);
            // false or null is null, so even the warm-up agrees.
            Assert.Equal(plain.Truth, guarded.Truth);
        }
    }

    [Fact]
    public void Start_TwoRuns_DoNotShareState()
    {
        var expression = Expression.Parse("ema(5) + close[3]");
        var (first, second) = (expression.Start(Timeframe.H1), expression.Start(Timeframe.H1));
        foreach (var bar in Walk.AsSpan(0, 50))
            first.Advance(bar);
        second.Advance(Walk[0]);

        Assert.Null(second.Number);
        Assert.NotNull(first.Number);
    }

    [Fact]
    public void Advance_SameBarsAgain_YieldsTheSameBits()
    {
        const string Text = "zscore(close / sma(3) - 1, 20) + h4.zscore(20) + macd(12, 26, 9).histogram * rsi(14)";
        var (first, second) = (Values(Text), Values(Text));
        Assert.Equal(first, second);
        Assert.Contains(first, value => value is not null);
    }

    [Fact]
    public void Advance_EveryIndicator_IsItsBatchToTheBit()
    {
        var series = CandleSeries.Create(Timeframe.H1, "test", Walk);
        foreach (var descriptor in IndicatorCatalog.All)
        {
            var columns = descriptor.With().Over(series);
            for (var i = 0; i < columns.Count; i++)
            {
                var output = descriptor.Outputs[i];
                var values = Expression.Parse($"{descriptor.Name}(){(output.Length > 0 ? "." + output : "")}").Numbers(series);
                Assert.Equal(columns[i].Values.ToArray().Select(value => double.IsNaN(value) ? (double?)null : value), values);
            }
        }
    }

    [Fact]
    public void NumbersAndTruths_Series_AreThoseOfTheRun()
    {
        var series = CandleSeries.Create(Timeframe.H1, "test", Walk);
        const string Number = "h4.ema(3) / close[2]";
        const string Truth = "crossover(close, ema(9)) or h4.close > d1.close";
        Assert.Equal(Values(Number), Expression.Parse(Number).Numbers(series).Cast<object?>());
        Assert.Equal(Values(Truth), Expression.Parse(Truth).Truths(series).Cast<object?>());
        Assert.Throws<InvalidOperationException>(() => Expression.Parse(Truth).Numbers(series));
    }

    [Fact]
    public void Advance_EveryBar_AllocatesNothing()
    {
        var run = Start("crossover(ema(12), ema(26)) and rsi(14) < 70 and h4.macd(12, 26, 9).line > d1.close[3] and close > highest(high, 20)[1]");
        foreach (var bar in Walk)
            run.Advance(bar);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var bar in Walk)
            run.Advance(bar);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Start_SameCallTwice_RunsOnce()
    {
        var graph = new TermGraph();
        var twice = Binder.Bind(graph, BindingScope.Empty, "ema(12) > close and ema(close, 12) < open and (ema(12)) > 3");
        var emas = All(twice).OfType<IndicatorTerm>().Distinct<Term>(ReferenceEqualityComparer.Instance as IEqualityComparer<Term>);
        Assert.Single(emas);
    }

    [Fact]
    public void Read_OtherType_Refuses()
    {
        Assert.Throws<InvalidOperationException>(() => Start("close").Truth);
        Assert.Throws<InvalidOperationException>(() => Start("close > 1").Number);
        Assert.False(Start("close").IsTrue);
    }

    [Fact]
    public void Timeframes_Several_AreListedOnceShortestFirst() =>
        Assert.Equal([Timeframe.H4, Timeframe.D1], Expression.Parse("d1.close > h4.close and h4.open > 1").Timeframes);

    private static IEnumerable<Term> All(Term term) => term.Operands.SelectMany(All).Prepend(term);

    private static void AssertEqual(string one, string other)
    {
        Assert.Equal(Values(one), Values(other));
        Assert.Contains(Values(one), value => value is not null);
    }

    private static List<object?> Values(string text)
    {
        var expression = Expression.Parse(text, new() { Parameters = new Dictionary<string, double> { ["fast"] = 7 } });
        var run = expression.Start(Timeframe.H1);
        var values = new List<object?>();
        foreach (var bar in Walk)
        {
            run.Advance(bar);
            values.Add(expression.Type == ExpressionType.Number ? run.Number : run.Truth);
        }

        return values;
    }

    private static ExpressionRun Start(string text) => Expression.Parse(text).Start(Timeframe.H1);

    private static Candle[] MakeWalk(int count)
    {
        var random = new Random(7);
        var bars = new Candle[count];
        var price = 100.0;
        for (var i = 0; i < count; i++)
        {
            var open = price;
            price *= 1 + (random.NextDouble() - 0.5) / 50;
            bars[i] = new Candle(Bars.Monday + i * Bars.Hour, open, Math.Max(open, price) + random.NextDouble(), Math.Min(open, price) - random.NextDouble(), price, 1 + random.NextDouble());
        }

        return bars;
    }
}
