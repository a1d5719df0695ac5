using System.Globalization;
using Omega.Trading.Indicators;
using Omega.Trading.Tests.Indicators.Textbook;

namespace Omega.Trading.Tests.Indicators;

/// <summary>Every indicator against its definition, recomputed over the window at each bar in another arithmetic.</summary>
public sealed class TextbookTests(ITestOutputHelper output)
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

    /// <summary>Over the whole file: its values are compared at <see cref="Stretches"/> of it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Over_RealHours_EqualsTheDefinition(string name) => CompareStretches(name, RealBars.Slice(0, RealBars.Count), "hours");

    [Theory]
    [MemberData(nameof(Names))]
    public void Over_RealMinutes_EqualsTheDefinition(string name) => CompareStretches(name, RealBars.Minutes, "minutes");

    private void CompareStretches(string name, Candle[] bars, string what)
    {
        var entry = Library.All.Single(entry => entry.Name == name);
        double[] usual = [.. IndicatorCatalog.Find(name).Parameters.Select(parameter => parameter.Default)];
        var columns = IndicatorCatalog.Find(name).With(usual).Over(Bars.Series(bars));
        var (values, covered) = (0, 0);
        foreach (var (from, to) in entry.NeedsAll ? [(0, bars.Length)] : Stretches.Of(bars.Length))
        {
            var (start, first) = (entry.Start(bars, from, usual), Math.Max(from, entry.From(usual)));
            if (first >= to)
                continue;
            values += Compare(columns, entry.Compute(bars[start..to], usual), start, first, to, what);
            covered += to - first;
        }

        Assert.True(values > 0, $"{name}: nothing to compare.");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {what}: {values} values at {covered} of {bars.Length} bars equal the definition, the first at bar {entry.From(usual)} or later."));
    }

    private static int Compare(Entry entry, double[] parameters, Candle[] bars, string what) =>
        Compare(IndicatorCatalog.Find(entry.Name).With(parameters).Over(Bars.Series(bars)), entry.Compute(bars, parameters), 0, entry.From(parameters), bars.Length, what);

    /// <summary>Compares bars from one to before another; the definition's first value is that of the bar at <paramref name="start"/>.</summary>
    private static int Compare(IReadOnlyList<IndicatorColumn> columns, Definition[] outputs, int start, int from, int to, string what)
    {
        var compared = 0;
        Assert.Equal(outputs.Length, columns.Count);
        for (var line = 0; line < outputs.Length; line++)
        {
            var (values, scales) = (outputs[line].Values, outputs[line].Scale);
            for (var t = from; t < to; t++)
            {
                var (actual, expected) = (columns[line].Values[t], values[t - start]);
                var scale = (scales?[t - start] ?? expected)?.ToDouble() ?? 0;
                if (double.IsNaN(actual) != expected is null || Math.Abs(actual - (expected?.ToDouble() ?? 0)) > 1e-9 * Math.Abs(scale))
                    Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{columns[line].Name}, {what}, bar {t}: {actual:R}, by definition {expected?.ToDouble().ToString("R", CultureInfo.InvariantCulture) ?? "null"}, off by {Math.Abs(actual - (expected?.ToDouble() ?? 0)) / Math.Abs(scale):g3}"));
                compared += expected is null ? 0 : 1;
            }
        }

        return compared;
    }
}
