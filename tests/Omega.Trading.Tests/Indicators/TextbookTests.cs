using System.Globalization;
using Omega.Trading.Indicators;
using Omega.Trading.Tests.Indicators.Textbook;

namespace Omega.Trading.Tests.Indicators;

/// <summary>Every indicator against its definition, recomputed over the window at each bar in another arithmetic.</summary>
public sealed class TextbookTests
{
    // Parabolic SAR and SuperTrend are defined by their recurrence alone; TrendFollowerTests checks them by their rules.
    private static readonly string[] ByRules = ["psar", "supertrend"];

    public static TheoryData<string> Names => [.. Library.All.Select(entry => entry.Name)];

    [Fact]
    public void Library_Catalogue_HasEveryIndicator() =>
        Assert.Equal(IndicatorCatalog.All.Select(indicator => indicator.Name).Except(ByRules).Order(), Library.All.Select(entry => entry.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Over_MadeUpBars_EqualsTheDefinition(string name)
    {
        var entry = Library.All.Single(entry => entry.Name == name);
        var compared = Bars.Kinds.Sum(kind => Compare(entry, entry.Parameters, Bars.Of(kind, 7, Math.Max(400, entry.From(entry.Parameters) + 200)), kind));
        Assert.True(compared >= 500, $"{name}: only {compared} values to compare.");
    }

    [Theory]
    [InlineData("sma")]
    [InlineData("wma")]
    [InlineData("stddev")]
    [InlineData("zscore")]
    [InlineData("bollinger")]
    [InlineData("linreg")]
    public void Over_MovesOfAFewAtABillion_KeepsItsDigits(string name)
    {
        var entry = Library.All.Single(entry => entry.Name == name);
        Compare(entry, entry.Parameters, [.. Bars.Walk(3, 400).Select(bar => bar with { Close = 1e9 + ((bar.Close - 40_000) / 1000) })], "offset");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Over_RealCandles_EqualsTheDefinition(string name)
    {
        var entry = Library.All.Single(entry => entry.Name == name);
        double[] usual = [.. IndicatorCatalog.Find(name).Parameters.Select(parameter => parameter.Default)];
        var length = entry.From(usual) + 400;
        foreach (var from in (int[])[0, 22_000, RealBars.Count - length])
            Assert.NotEqual(0, Compare(entry, usual, RealBars.Slice(from, length), $"from {from}"));
    }

    private static int Compare(Entry entry, double[] parameters, Candle[] bars, string what)
    {
        var indicator = IndicatorCatalog.Find(entry.Name).With(parameters);
        var columns = indicator.Over(Bars.Series(bars));
        var outputs = entry.Compute(bars, parameters);
        var compared = 0;
        Assert.Equal(outputs.Length, columns.Count);
        for (var line = 0; line < outputs.Length; line++)
        {
            for (var t = entry.From(parameters); t < bars.Length; t++)
            {
                var (actual, expected) = (columns[line].Values[t], outputs[line].Values[t]);
                var scale = (outputs[line].Scale?[t] ?? expected)?.ToDouble() ?? 0;
                if (double.IsNaN(actual) != expected is null || Math.Abs(actual - (expected?.ToDouble() ?? 0)) > 1e-9 * Math.Abs(scale))
                    Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{columns[line].Name}, {what}, bar {t}: {actual:R}, by definition {expected?.ToDouble().ToString("R", CultureInfo.InvariantCulture) ?? "null"}, off by {Math.Abs(actual - (expected?.ToDouble() ?? 0)) / Math.Abs(scale):g3}"));
                compared += expected is null ? 0 : 1;
            }
        }

        return compared;
    }
}
