using System.Text.Json;
using Omega.Trading.Analysis;
using Omega.Trading.Risk;
using Omega.Trading.Statistics;
using Omega.Trading.Tests.Indicators;

namespace Omega.Trading.Tests.Risk;

/// <summary>Risk computed by hand, refusals, and the meaning of every null.</summary>
public sealed class RiskReportTests
{
    private const long Start = 1_704_067_200_000;
    private const long Day = 86_400_000;

    // Mean −1/3,000, deviation 0.01767430203377074, skew −0.2243212303956392, kurtosis 3.512846938206423.
    private static readonly double[] Mild = [-0.04, -0.02, -0.015, -0.01, -0.005, -0.005, 0, 0, 0, 0.005, 0.005, 0.01, 0.015, 0.02, 0.035];

    [Fact]
    public void Of_FourReturns_EqualsTheHand()
    {
        // Closes 100, 110, 99, 108.9, 98.01: returns +10 %, −10 %, +10 %, −10 %; deviation √(0.04/3).
        var report = RiskReport.Of(Days([0.1, -0.1, 0.1, -0.1]));
        Assert.Equal((TimeSpan.FromDays(1), 4, 4), (report.Horizon, report.HorizonReturns, report.IndependentReturns));
        Assert.Equal(0.11547005383792516, report.HorizonVolatility!.Value, 1e-12);
        Assert.Equal(2.2060523, report.Volatility!.Value, 1e-6);
        Assert.Equal((0, 1), (Math.Round(report.Skew!.Value, 9), Math.Round(report.Kurtosis!.Value, 9)));
        Assert.Equal(-0.109, report.MaxDrawdown, 1e-12);
        Assert.Equal(-0.109, report.AverageDrawdown, 1e-12);
        Assert.Equal(-0.109, report.CurrentDrawdown, 1e-12);
        Assert.Equal(TimeSpan.FromDays(3), report.MaxDrawdownDuration);
        var (tail95, tail99) = (report.Tail[0], report.Tail[1]);
        Assert.Equal(0.18993133685959301, tail95.GaussianVar!.Value, 1e-10);
        Assert.Equal(0.2381815589350603, tail95.GaussianCvar!.Value, 1e-10);
        Assert.Equal(0.26862351426123865, tail99.GaussianVar!.Value, 1e-10);
        Assert.Equal(0.3077524295129342, tail99.GaussianCvar!.Value, 1e-10);
        Assert.Null(tail95.HistoricalVar);
        Assert.Null(tail95.CornishFisherVar);
        Assert.Contains("risk.tail.historical_var, risk.tail.historical_cvar: at 0.95 it needs 20 returns over the horizon, there are 4.", report.Notes);
        Assert.Contains(report.Notes, note => note.Contains("not monotonic", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_TwentyReturns_HistoricalIsInterpolated()
    {
        // Rank 19 × 0.05 = 0.95 between −10 % and −5 %: −5.25 %; the returns at or below it are the one of −10 %.
        double[] returns = [-0.1, -0.05, .. Enumerable.Repeat(0.01, 18)];
        var report = RiskReport.Of(Days(returns));
        Assert.Equal(0.0525, report.Tail[0].HistoricalVar!.Value, 1e-12);
        Assert.Equal(0.1, report.Tail[0].HistoricalCvar!.Value, 1e-12);
        Assert.Null(report.Tail[1].HistoricalVar);
        Assert.Equal([-0.1, -0.05, 0.01, 0.01, 0.01], report.WorstDays.Select(day => Math.Round(day.Return, 12)));
        Assert.Equal(Start + Day, report.WorstDays[0].Day.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Of_MildReturns_CornishFisherEqualsTheHand()
    {
        var report = RiskReport.Of(Days(Mild));
        Assert.Equal(0.02940497313741692, report.Tail[0].GaussianVar!.Value, 1e-10);
        Assert.Equal(0.03033234648176011, report.Tail[0].CornishFisherVar!.Value, 1e-10);
        Assert.Equal(0.046149627708361195, report.Tail[1].CornishFisherVar!.Value, 1e-10);
    }

    [Fact]
    public void Of_Short_TurnsReturnsAndDrawdowns()
    {
        var report = RiskReport.Of(Days([0.25, -0.2, 0.6, -0.375]), new() { Position = new() { Side = PositionSide.Short, Quantity = 1, Equity = 1_000 } });
        Assert.Equal([-0.6, -0.25, 0.2, 0.375], report.WorstDays.Select(day => Math.Round(day.Return, 12)));
        Assert.Equal(-0.375, report.MaxDrawdown, 1e-12); // of 1 / close: 100 to 160
        Assert.Equal(0, report.CurrentDrawdown, 1e-12);
    }

    [Fact]
    public void Of_HorizonOfTwoHoursOverAGap_PairsByTheClock()
    {
        Candle[] bars = [Hour(0, 100), Hour(1, 110), Hour(2, 121), Hour(4, 133.1), Hour(5, 100), Hour(6, 106.48)];
        var report = RiskReport.Of(CandleSeries.Create(Timeframe.H1, "SIM:1", bars), new() { Horizon = TimeSpan.FromHours(2) });
        // 0 to 2: +21 %; 2 to 4: +10 %; 4 to 6: −20 %. Hours 1 and 5 have no partner.
        Assert.Equal((3, 3), (report.HorizonReturns, report.IndependentReturns));
        Assert.Equal(Math.Sqrt(((0.21 - (0.11 / 3)) * (0.21 - (0.11 / 3)) + (0.1 - (0.11 / 3)) * (0.1 - (0.11 / 3)) + (0.2 + (0.11 / 3)) * (0.2 + (0.11 / 3))) / 2), report.HorizonVolatility!.Value, 1e-12);
    }

    [Fact]
    public void Of_Stop_IsMeasuredInAtrAndMoney()
    {
        var bars = Enumerable.Range(0, 30).Select(i => Hour(i, 100) with { High = 101, Low = 99 }).ToArray();
        var report = RiskReport.Of(CandleSeries.Create(Timeframe.H1, "SIM:1", bars), new() { Position = new() { Quantity = 0.5m, Equity = 1_000, Stop = 97 } });
        var position = report.Position!;
        Assert.Equal((50m, 0.05, 0.03, 1.5m, 0.0015), (position.Value, position.Exposure, position.StopDistance, position.StopLoss, position.StopLossOfEquity));
        Assert.Equal(1.5, position.StopDistanceAtr!.Value, 1e-12);
    }

    [Fact]
    public void Of_Position_VarInMoneyIsOfItsValue()
    {
        double[] returns = [-0.1, -0.05, .. Enumerable.Repeat(0.01, 18)];
        var series = Days(returns);
        var position = RiskReport.Of(series, new() { Position = new() { Quantity = 2, Equity = 1_000 } }).Position!;
        Assert.Equal(0.0525 * 2 * series.Closes[^1], (double)position.Var95!.Value, 1e-9);
        Assert.Equal(0.1 * 2 * series.Closes[^1], (double)position.Cvar95!.Value, 1e-9);
    }

    [Fact]
    public void Of_RuleThatAlwaysLoses_IsRuined()
    {
        // 30 trades of −10 % in any order: 0.9^30 − 1 = −0.9576…
        var ruin = RiskReport.Of(Days(Mild), new() { TradeReturns = [.. Enumerable.Repeat(-0.1, 30)] }).Ruin!;
        Assert.Equal((30, 4, 1.0, "the 30 trades given"), (ruin.Returns, ruin.BlockLength, ruin.Probability, ruin.Rule));
        Assert.Equal(-0.957608841724783, ruin.FinalReturn50, 1e-12);
        Assert.Equal(-0.957608841724783, ruin.Drawdown95, 1e-12);
    }

    [Fact]
    public void Of_ExposureHeld_RuinsOnTheIndependentReturns()
    {
        // Half of the equity on 31 days of +1 %: (1.005)^31 − 1.
        var ruin = RiskReport.Of(Days([.. Enumerable.Repeat(0.01, 31)]), new() { Position = new() { Quantity = 1, Equity = 2 * Price(Enumerable.Repeat(0.01, 31)) } }).Ruin!;
        Assert.Equal((31, 0.0), (ruin.Returns, ruin.Probability));
        Assert.Equal(Math.Pow(1.005, 31) - 1, ruin.FinalReturn5, 1e-9);
        Assert.Equal("long 0.5 × equity, restored after every horizon, without costs", ruin.Rule);
    }

    [Fact]
    public void Of_SameSeed_IsTheSameAndAnotherSeedIsNot()
    {
        var series = CandleSeries.Create(Timeframe.H1, "SIM:1", Bars.Walk(1, 3_000, gaps: false));
        string Run(int seed) => RiskReport.Of(series, new() { MonteCarlo = new MonteCarloOptions { Paths = 500, Seed = seed } }).ToJson();
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1).Replace("\"seed\":1", "", StringComparison.Ordinal), Run(2).Replace("\"seed\":2", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_RealHours_CornishFisherIsNullWithANote()
    {
        var series = CandleSeries.Create(Timeframe.H1, "SIM:1", RealBars.Slice(0, RealBars.Count));
        var report = RiskReport.Of(series, new() { Horizon = TimeSpan.FromHours(1), MonteCarlo = new MonteCarloOptions { Paths = 1 } });
        Assert.All(report.Tail, tail => Assert.Null(tail.CornishFisherVar));
        Assert.Contains(report.Notes, note => note.StartsWith("risk.tail.cornish_fisher_var: the expansion is not monotonic", StringComparison.Ordinal));
    }

    [Fact]
    public void Catalogue_Reports_DefineEveryFigureAndNothingElse()
    {
        var series = CandleSeries.Create(Timeframe.H1, "SIM:1", Bars.Walk(1, 3_000, gaps: false));
        var close = (decimal)series.Closes[^1];
        var risk = RiskReport.Of(series, new() { Position = new() { Quantity = 1, Equity = close, Stop = close * 0.9m }, MonteCarlo = new MonteCarloOptions { Paths = 1 } });
        Assert.Equal(FigureCatalog.OfRisk.Select(figure => figure.Name).Order(StringComparer.Ordinal), Names(risk.ToJson(), "risk").Order(StringComparer.Ordinal));
        var size = PositionSizer.FixedFraction(new() { Equity = 100, Price = 1 }, 0.5m);
        Assert.Equal(FigureCatalog.OfSizing.Select(figure => figure.Name).Order(StringComparer.Ordinal), Names(size.ToJson(), "size").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(200)]
    [InlineData(2_000)]
    public void Of_AnyLength_NotesEveryNull(int bars)
    {
        var series = CandleSeries.Create(Timeframe.H1, "SIM:1", Bars.Walk(2, bars, gaps: false));
        foreach (var position in (RiskPosition?[])[null, new() { Quantity = 1, Equity = 1_000 }])
        {
            var report = RiskReport.Of(series, new() { Position = position, MonteCarlo = new MonteCarloOptions { Paths = 10 } });
            var noted = report.Notes.SelectMany(note => note[..note.IndexOf(':', StringComparison.Ordinal)].Split(", ")).ToHashSet(StringComparer.Ordinal);
            using var json = JsonDocument.Parse(report.ToJson());
            Assert.DoesNotContain(Nulls(json.RootElement, "risk"), name => name != "risk.instrument" && !noted.Contains(name));
        }
    }

    public static TheoryData<string, RiskOptions> Nonsense => new()
    {
        { "The quantity is -2;", new() { Position = new() { Quantity = -2, Equity = 1 } } },
        { "The equity is 0;", new() { Position = new() { Quantity = 1, Equity = 0 } } },
        { "is worth more than", new() { Position = new() { Quantity = 1_000_000_000_000_000m, Equity = 1 } } },
        { "wrong side of the last close", new() { Position = new() { Quantity = 1, Equity = 1, Stop = 500 } } },
        { "wrong side of the last close", new() { Position = new() { Side = PositionSide.Short, Quantity = 1, Equity = 1, Stop = 5 } } },
        { "The stop is -1;", new() { Position = new() { Quantity = 1, Equity = 1, Stop = -1 } } },
        { "is not made of whole 1d bars", new() { Horizon = TimeSpan.FromHours(25) } },
        { "is not made of whole 1d bars", new() { Horizon = TimeSpan.FromDays(-1) } },
        { "Return 1 of the rule is -2;", new() { TradeReturns = [0.1, -2] } },
        { "given 0 paths", new() { MonteCarlo = new MonteCarloOptions { Paths = 0 } } },
    };

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public void Of_Nonsense_IsRefused(string says, RiskOptions options) =>
        Assert.Contains(says, Assert.Throws<TradingException>(() => RiskReport.Of(Days(Mild), options)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_EmptyWindow_IsRefused() =>
        Assert.Contains("no bars", Assert.Throws<TradingException>(() => RiskReport.Of(Days(Mild).Slice(0, 0))).Message, StringComparison.Ordinal);

    private static decimal Price(IEnumerable<double> returns) => (decimal)Days([.. returns]).Closes[^1];

    private static CandleSeries Days(double[] returns)
    {
        var (price, bars) = (100.0, new List<Candle> { new(Start, 100, 100, 100, 100, 1) });
        foreach (var change in returns)
        {
            price *= 1 + change;
            bars.Add(new(Start + (bars.Count * Day), price, price, price, price, 1));
        }

        return CandleSeries.Create(Timeframe.D1, "SIM:1", bars);
    }

    private static Candle Hour(int hour, double price) => new(Start + (hour * 3_600_000L), price, price, price, price, 1);

    private static HashSet<string> Names(string json, string root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var document = JsonDocument.Parse(json);
        Collect(document.RootElement, root, names);
        return names;

        static void Collect(JsonElement element, string path, HashSet<string> names)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                    Collect(item, path, names);
                return;
            }

            if (element.ValueKind != JsonValueKind.Object)
                return;
            foreach (var property in element.EnumerateObject())
            {
                names.Add($"{path}.{property.Name}");
                Collect(property.Value, $"{path}.{property.Name}", names);
            }
        }
    }

    private static IEnumerable<string> Nulls(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Null => [path],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Nulls(property.Value, $"{path}.{property.Name}")),
        JsonValueKind.Array when element.GetArrayLength() == 0 => [path],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Nulls(item, path)),
        _ => [],
    };
}
