using System.Text.Json;
using Omega.Trading.Analysis;
using Omega.Trading.Tests.Indicators;

namespace Omega.Trading.Tests.Analysis;

/// <summary>Each figure of a report is defined, and each that is null is explained.</summary>
public sealed class ReportFiguresTests
{
    [Fact]
    public void Catalogue_Report_DefinesEveryFigureAndNothingElse()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var seed in Enumerable.Range(1, 5))
            Collect(Report(Bars.Walk(seed, 900)), "", seen);
        Assert.Equal(FigureCatalog.OfMarket.Select(figure => figure.Name).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Catalogue_Definitions_AreCompleteAndFound()
    {
        Assert.Equal(FigureCatalog.All.Count, FigureCatalog.All.Select(figure => figure.Name).Distinct().Count());
        Assert.All(FigureCatalog.All, figure =>
        {
            Assert.NotEmpty(figure.Unit);
            Assert.EndsWith(".", figure.Meaning, StringComparison.Ordinal);
            Assert.Same(figure, FigureCatalog.Find(figure.Name));
        });
        Assert.Contains("Did you mean \"momentum.rsi_14\"", Assert.Throws<TradingException>(() => FigureCatalog.Find("momentum.rsi14")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("walk", 0)]
    [InlineData("walk", 1)]
    [InlineData("walk", 14)]
    [InlineData("walk", 60)]
    [InlineData("walk", 150)]
    [InlineData("walk", 800)]
    [InlineData("flat", 40)]
    [InlineData("flat", 400)]
    [InlineData("still", 400)]
    [InlineData("tiny", 400)]
    [InlineData("large", 400)]
    [InlineData("outliers", 400)]
    public void Report_NullFigures_HaveANoteEach(string kind, int count)
    {
        var bars = kind == "still"
            ? [.. Enumerable.Range(0, count).Select(i => new Candle(1_704_067_200_000 + (i * 3_600_000L), 100, 100, 100, 100, 0))]
            : Bars.Of(kind, 3, count);
        var report = Report(bars);
        var nulls = new List<string>();
        Nulls(report, "", nulls);
        string[] notes = [.. report.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)];
        string[] noted = [.. notes.SelectMany(note => note[..note.IndexOf(':', StringComparison.Ordinal)].Split(", "))];
        Assert.Equal(nulls.Order(StringComparer.Ordinal), noted.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(notes, note => note.Contains(FigureNotes.Never, StringComparison.Ordinal));
    }

    [Fact]
    public void Report_ShortData_SaysHowManyBarsItNeeds() =>
        Assert.Contains(MarketAnalyzer.Analyze(CandleSeries.Create(Timeframe.H1, "SIM:1", Bars.Walk(1, 100))).Timeframes[0].Notes, note => note == "trend.ema_200: it needs 200 bars, there are 100.");

    private static JsonElement Report(Candle[] bars) =>
        JsonDocument.Parse(MarketAnalyzer.Analyze(CandleSeries.Create(Timeframe.H1, "SIM:1", bars)).ToJson()).RootElement.GetProperty("timeframes")[0];

    private static void Collect(JsonElement element, string path, HashSet<string> seen)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                // A list and what may be null as a whole is defined as well as what it holds.
                if (property.Value.ValueKind != JsonValueKind.Object && name != "fibonacci.levels" || name == "fibonacci")
                    seen.Add(name);
                Collect(property.Value, name, seen);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Collect(item, path, seen);
        }
    }

    private static void Nulls(JsonElement element, string path, List<string> nulls)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (property.Value.ValueKind == JsonValueKind.Null || (name is "support" or "resistance" && property.Value.GetArrayLength() == 0))
                nulls.Add(name);
            else if (property.Value.ValueKind == JsonValueKind.Object)
                Nulls(property.Value, name, nulls);
        }
    }
}
