using System.Text.Json;
using Omega.Trading.Analysis;
using Omega.Trading.Backtesting;
using Omega.Trading.Tests.Indicators;

namespace Omega.Trading.Tests.Analysis;

/// <summary>One bar after the other equals all at once, and nothing that comes later changes what was said.</summary>
public sealed class MarketAnalyzerTests
{
    private static readonly Timeframe[] Frames = [Timeframe.H1, Timeframe.H4, Timeframe.D1];

    public static TheoryData<string> Kinds => [.. Bars.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Report_BarByBar_EqualsColdToTheBit(string kind) => CompareWithCold(Bars.Of(kind, 11, 1200), every: 61);

    [Fact]
    public void Report_RealBarsOneByOne_EqualsColdToTheBit() => CompareWithCold(RealBars.Slice(RealBars.Count - 5000, 5000), every: 97);

    [Fact]
    public void Analyze_LongerTimeframe_EqualsTheResampledSeries()
    {
        var hours = Series(Bars.Walk(5, 3000, gaps: true)).Between(null, new DateTimeOffset(2024, 4, 1, 0, 0, 0, TimeSpan.Zero));
        foreach (var longer in (Timeframe[])[Timeframe.H4, Timeframe.D1])
        {
            var resampled = hours.Resample(longer);
            var direct = MarketAnalyzer.Analyze(resampled).Timeframes[0];
            var built = MarketAnalyzer.Analyze(hours.Slice(0, hours.IndexFrom(resampled.Times[^1] + longer.Milliseconds)), [longer]).Timeframes[0];
            Assert.True(direct.Quality.Incomplete > 0, "The series should have incomplete bars.");
            Assert.Equal(Json(direct), Json(built));
        }
    }

    [Theory]
    [InlineData("Removed")]
    [InlineData("Scaled")]
    [InlineData("Shuffled")]
    public void Report_LaterBarsAltered_ChangesNothingBefore(string alteration)
    {
        var (series, last) = (Series(Bars.Walk(3, 900)), 600);
        var altered = new AlteredFuture(series, mayReuse: false).Of(last, series.Count, Enum.Parse<FutureAlteration>(alteration), new Random(1));
        var (before, after) = (Trace(series), Trace(altered));
        Assert.Equal(before.Take(last + 1), after.Take(last + 1));
        Assert.NotEqual(before[^1], after[^1]);
    }

    [Fact]
    public void Report_AskedForTwice_IsTheSameAndChangesNothing()
    {
        var bars = Bars.Walk(4, 700);
        var (asked, silent) = (new MarketAnalyzer(Timeframe.H1, "SIM:1", Frames), new MarketAnalyzer(Timeframe.H1, "SIM:1", Frames));
        foreach (var bar in bars)
        {
            asked.Add(bar);
            silent.Add(bar);
            Assert.Equal(asked.Report().Price, bar.Close);
        }

        Assert.Equal(asked.Report().ToJson(), silent.Report().ToJson());
    }

    [Fact]
    public void Report_Gaps_AreCounted()
    {
        Candle[] bars = [Bar(0), Bar(1), Bar(4), Bar(5), Bar(10)];
        var report = MarketAnalyzer.Analyze(CandleSeries.Create(Timeframe.H1, "SIM:1", bars), now: DateTimeOffset.FromUnixTimeMilliseconds(Time(12)).AddMinutes(30));
        var quality = report.Timeframes[0].Quality;
        Assert.Equal((5L, 6L, 2L, 4L), (quality.Bars, quality.Missing, quality.Gaps, quality.LargestGap));
        Assert.Equal(TimeSpan.FromMinutes(90), quality.Age);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Time(11)), report.AsOf);
    }

    [Fact]
    public void Report_Json_SaysTimesInUtcAndNamesInSnakeCase()
    {
        var instrument = Instrument.Parse("binance:BTC/USDT");
        var report = MarketAnalyzer.Analyze(Series(Bars.Walk(1, 30)), [Timeframe.H1, Timeframe.D1], instrument);
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Equal("binance:BTC/USDT", json.RootElement.GetProperty("instrument").GetString());
        Assert.EndsWith("Z", json.RootElement.GetProperty("as_of").GetString(), StringComparison.Ordinal);
        Assert.Equal(["1h", "1d"], json.RootElement.GetProperty("timeframes").EnumerateArray().Select(frame => frame.GetProperty("timeframe").GetString()!));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("timeframes")[0].GetProperty("trend").GetProperty("ema_200").ValueKind);
    }

    [Theory]
    [InlineData(0, 100, 101, 99, 100, 1, "does not come after")]
    [InlineData(-1, 100, 101, 99, 100, 1, "does not come after")]
    [InlineData(1.5, 100, 101, 99, 100, 1, "not the start of a 1h period")]
    [InlineData(1, 100, 99, 101, 100, 1, "is not sound")]
    [InlineData(1, 102, 101, 99, 100, 1, "is not sound")]
    [InlineData(1, 100, 101, 99, 98, 1, "is not sound")]
    [InlineData(1, 100, 101, 0, 100, 1, "is not sound")]
    [InlineData(1, 100, double.PositiveInfinity, 99, 100, 1, "is not sound")]
    [InlineData(1, double.NaN, 101, 99, 100, 1, "is not sound")]
    [InlineData(1, 100, 101, 99, 100, -1, "is not sound")]
    [InlineData(1, 100, 101, 99, 100, double.NaN, "is not sound")]
    public void Add_UnsoundBar_IsRefusedAndNotTaken(double hour, double open, double high, double low, double close, double volume, string says)
    {
        var analyzer = new MarketAnalyzer(Timeframe.H1, "SIM:1");
        analyzer.Add(Bar(0));
        var before = analyzer.Report().ToJson();
        var error = Assert.Throws<TradingException>(() => analyzer.Add(new Candle(Time(0) + (long)(hour * 3_600_000), open, high, low, close, volume)));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, analyzer.Report().ToJson());
    }

    [Fact]
    public void Create_TimeframeThatCannotBe_IsRefused()
    {
        Assert.Contains("1h candles cannot be made into 30m ones", Assert.Throws<TradingException>(() => new MarketAnalyzer(Timeframe.H1, "SIM:1", [Timeframe.Parse("30m")])).Message, StringComparison.Ordinal);
        Assert.Contains("named twice", Assert.Throws<TradingException>(() => new MarketAnalyzer(Timeframe.H1, "SIM:1", [Timeframe.H4, Timeframe.H4])).Message, StringComparison.Ordinal);
        Assert.Contains("no timeframe", Assert.Throws<TradingException>(() => new MarketAnalyzer(default, "SIM:1")).Message, StringComparison.Ordinal);
    }

    private static void CompareWithCold(Candle[] bars, int every)
    {
        var analyzer = new MarketAnalyzer(Timeframe.H1, "SIM:1", Frames);
        var series = Series(bars);
        for (var i = 0; i < bars.Length; i++)
        {
            analyzer.Add(bars[i]);
            if (i % every == 0 || i == bars.Length - 1)
                Assert.Equal(MarketAnalyzer.Analyze(series.Slice(0, i + 1), Frames).ToJson(), analyzer.Report().ToJson());
        }
    }

    private static List<string> Trace(CandleSeries series)
    {
        var analyzer = new MarketAnalyzer(series.Timeframe, series.Source, Frames);
        var trace = new List<string>();
        for (var i = 0; i < series.Count; i++)
        {
            analyzer.Add(series[i]);
            trace.Add(analyzer.Report().ToJson());
        }

        return trace;
    }

    private static string Json(TimeframeReport report) => JsonSerializer.Serialize(report, ReportJson.Default.TimeframeReport);

    private static CandleSeries Series(Candle[] bars) => CandleSeries.Create(Timeframe.H1, "SIM:1", bars);

    private static long Time(int hour) => 1_704_067_200_000 + (hour * 3_600_000L);

    private static Candle Bar(int hour) => new(Time(hour), 100, 101, 99, 100, 1);
}
