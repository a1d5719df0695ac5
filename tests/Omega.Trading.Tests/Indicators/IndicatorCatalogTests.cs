using System.Text.RegularExpressions;
using Omega.Trading.Indicators;

namespace Omega.Trading.Tests.Indicators;

public sealed partial class IndicatorCatalogTests
{
    public static TheoryData<string> Names => [.. IndicatorCatalog.All.Select(indicator => indicator.Name)];

    [Fact]
    public void All_List_HasWhatTheFieldUses() => Assert.Equal(45, IndicatorCatalog.All.Select(indicator => indicator.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void All_Entry_IsSoundAndSaysWhatItIs(string name)
    {
        var indicator = IndicatorCatalog.Find(name);
        var defaults = indicator.With();
        Assert.Matches(Identifier(), name);
        Assert.EndsWith(".", indicator.Description, StringComparison.Ordinal);
        Assert.All(indicator.Parameters, parameter => Assert.True(parameter.Allows(parameter.Default)));
        Assert.Equal(indicator.Parameters.Count, indicator.Parameters.Select(parameter => parameter.Name).Distinct().Count());
        Assert.All(indicator.Outputs, output => Assert.Matches(indicator.Outputs.Count == 1 ? Empty() : Identifier(), output));
        Assert.Equal(indicator.Outputs.Count, defaults.Columns.Distinct().Count());
        Assert.Equal(indicator.Outputs.Count, defaults.Start().Outputs);
    }

    [Theory]
    [InlineData("rsi", "rsi_14")]
    [InlineData("macd", "macd_12_26_9_line", "macd_12_26_9_signal", "macd_12_26_9_histogram")]
    [InlineData("bollinger:20,2.5", "bollinger_20_2.5_lower", "bollinger_20_2.5_middle", "bollinger_20_2.5_upper")]
    [InlineData("adx", "adx_14_adx", "adx_14_plus_di", "adx_14_minus_di")]
    [InlineData("stochastic: 5", "stochastic_5_3_3_k", "stochastic_5_3_3_d")]
    [InlineData("supertrend:10,3", "supertrend_10_3_value", "supertrend_10_3_direction")]
    [InlineData("obv", "obv")]
    public void Parse_Text_NamesItsColumns(string text, params string[] columns) => Assert.Equal(columns, IndicatorCatalog.Parse(text).Columns);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_ItsOwnText_IsTheSameIndicator(string name)
    {
        var indicator = IndicatorCatalog.Find(name).With();
        Assert.Equal(indicator.Columns, IndicatorCatalog.Parse(indicator.ToString()).Columns);
    }

    [Theory]
    [InlineData("ems", "Unknown indicator \"ems\". Did you mean \"ema\"")]
    [InlineData("", "Unknown indicator \"\".")]
    [InlineData("RSI", "Unknown indicator \"RSI\". Did you mean \"rsi\"")]
    [InlineData("ema:0", "ema: length is 0; allowed: a whole number from 1 to 5000.")]
    [InlineData("ema:-3", "ema: length is -3; allowed: a whole number from 1 to 5000.")]
    [InlineData("ema:12.5", "ema: length is 12.5; allowed: a whole number from 1 to 5000.")]
    [InlineData("ema:1e9", "ema: length is 1000000000; allowed: a whole number from 1 to 5000.")]
    [InlineData("ema:NaN", "ema: length is NaN; allowed: a whole number from 1 to 5000.")]
    [InlineData("bollinger:20,0", "bollinger: deviations is 0; allowed: a number from 0.01 to 100.")]
    [InlineData("ema:twelve", "ema:twelve: value 1 is \"twelve\", not a number. ema takes 1 value (length).")]
    [InlineData("macd:12,", "macd:12,: value 2 is \"\", not a number. macd takes 3 values (fast, slow, signal).")]
    [InlineData("macd:1,2,3,4", "macd takes 3 values (fast, slow, signal), but 4 values were given.")]
    [InlineData("obv:1", "obv takes no values, but 1 values were given.")]
    [InlineData("macd:26,12", "macd: fast is 26 and slow is 12; fast must be below slow.")]
    [InlineData("kama:10,30,30", "kama: fast is 30 and slow is 30; fast must be below slow.")]
    [InlineData("psar:0.3,0.2", "psar: step is 0.3 and limit is 0.2; step must not be above limit.")]
    public void Parse_WrongText_SaysWhatIsWrong(string text, string message)
    {
        var error = Assert.Throws<TradingException>(() => IndicatorCatalog.Parse(text));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptor_WrongValues_AreRefusedEverywhere()
    {
        var ema = IndicatorCatalog.Find("ema");
        Assert.Equal("ema takes 1 value (length), but 0 values were given.", ema.Check([]));
        Assert.Null(ema.Check([12]));
        Assert.Throws<TradingException>(() => ema.Create([0]));
        Assert.Throws<TradingException>(() => ema.WarmUp([0]));
        Assert.Throws<TradingException>(() => ema.With(0));
    }

    [Fact]
    public void Over_LengthBeyondTheData_IsAllNull()
    {
        foreach (var descriptor in IndicatorCatalog.All.Where(descriptor => descriptor.Parameters is [{ IsInteger: true }, ..] && descriptor.Name is not ("macd" or "ppo" or "chaikin")))
        {
            var columns = descriptor.With(500).Over(Bars.Series(Bars.Walk(1, 400)));
            Assert.Contains(columns, column => column.Values.ToArray().All(double.IsNaN));
        }
    }

    [Fact]
    public void Over_NoBars_IsEmpty() =>
        Assert.All(IndicatorCatalog.All, descriptor => Assert.All(descriptor.With().Over(Bars.Series([])), column => Assert.Equal(0, column.Values.Length)));

    [Fact]
    public void Over_AnotherSource_ReadsIt()
    {
        var bars = Bars.Walk(1, 50);
        var highest = IndicatorCatalog.Parse("highest:3").Over(Bars.Series(bars), [.. bars.Select(bar => bar.High)]);
        Assert.Equal(bars[^3..].Max(bar => bar.High), highest[0].Values[^1]);
        Assert.Throws<ArgumentException>(() => IndicatorCatalog.Parse("highest:3").Over(Bars.Series(bars), [1]));
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Identifier();

    [GeneratedRegex("^$")]
    private static partial Regex Empty();
}
