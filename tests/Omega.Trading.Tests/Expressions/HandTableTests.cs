using System.Globalization;
using Omega.Trading.Expressions;

namespace Omega.Trading.Tests.Expressions;

/// <summary>
/// Expressions over 40 bars whose values were worked out from the definitions, apart from the code: every null, equalities, gaps, and the
/// bars on which a longer one ends. Numbers are rounded to four places; <c>-</c> is null, <c>T</c> true, <c>F</c> false.
/// </summary>
public sealed class HandTableTests
{
    // Hour from Monday 00:00, open, high, low, close, volume. Periods of four hours: the first lacks 0 and 1 and is dropped; 12 lacks its
    // last two; 20 is missing; 28 lacks 29; 32 lacks 35; 36 lacks its first; 48 lacks its last two, and of 52 there is only the last, so
    // that both end on the last bar.
    private static readonly (int Hour, int Open, int High, int Low, int Close, int Volume)[] Rows =
    [
        (2, 8, 10, 6, 8, 1),
        (3, 8, 11, 7, 10, 2),
        (4, 10, 13, 9, 12, 3),
        (5, 12, 14, 10, 11, 4),
        (6, 11, 12, 7, 9, 2),
        (7, 9, 10, 8, 9, 0),
        (8, 9, 12, 8, 10, 1),
        (9, 10, 13, 9, 12, 5),
        (10, 12, 15, 10, 14, 2),
        (11, 14, 16, 12, 13, 3),
        (12, 13, 14, 10, 11, 2),
        (13, 11, 12, 10, 11, 1),
        (16, 11, 13, 8, 10, 4),
        (17, 10, 11, 7, 8, 2),
        (18, 8, 9, 6, 7, 6),
        (19, 7, 11, 6, 9, 1),
        (24, 9, 13, 7, 12, 2),
        (25, 12, 13, 11, 12, 3),
        (26, 12, 15, 11, 13, 0),
        (27, 13, 16, 12, 15, 2),
        (28, 15, 16, 12, 14, 5),
        (30, 14, 18, 13, 16, 2),
        (31, 16, 17, 14, 15, 1),
        (32, 15, 16, 14, 15, 2),
        (33, 15, 17, 11, 13, 3),
        (34, 13, 14, 9, 10, 2),
        (37, 10, 11, 9, 10, 2),
        (38, 10, 12, 8, 9, 4),
        (39, 9, 12, 7, 11, 1),
        (40, 11, 13, 10, 12, 6),
        (41, 12, 16, 11, 14, 2),
        (42, 14, 15, 13, 14, 3),
        (43, 14, 15, 10, 12, 1),
        (44, 12, 14, 10, 11, 2),
        (45, 11, 12, 9, 10, 0),
        (46, 10, 11, 9, 10, 2),
        (47, 10, 15, 8, 13, 4),
        (48, 13, 16, 12, 15, 1),
        (49, 15, 16, 14, 15, 2),
        (55, 15, 17, 8, 9, 3),
    ];

    [Theory]
    [InlineData("close > open", "FTTFFFTTTFFFFFFTTFTTFTFFFFFFTTTFFFFFTTFF")]
    [InlineData("close >= close[1]", "-TTFFTTTTFFTFFFTTTTTFTFTFFTFTTTTFFFTTTTF")]
    [InlineData("close == close[1]", "-FFFFTFFFFFTFFFFFTFFFFFTFFTFFFFTFFFTFFTF")]
    [InlineData("close != close[2]", "--TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT")]
    [InlineData("close[1][2]", "- - - 8 10 12 11 9 9 10 12 14 13 11 11 10 8 7 9 12 12 13 15 14 16 15 15 13 10 10 9 11 12 14 14 12 11 10 10 13")]
    [InlineData("close - close[1]", "- 2 2 -1 -2 0 1 2 2 -1 -2 0 -1 -2 -1 2 3 0 1 2 -1 2 -1 0 -2 -3 0 -1 2 1 2 0 -2 -1 -1 0 3 2 0 -6")]
    [InlineData("hl2", "8 9 11 12 9.5 9 10 11 12.5 14 12 11 10.5 9 7.5 8.5 10 12 13 14 14 15.5 15.5 15 14 11.5 10 10 9.5 11.5 13.5 14 12.5 12 10.5 10 11.5 14 15 12.5")]
    [InlineData("2 + 3 * close - -1", "27 33 39 36 30 30 33 39 45 42 36 36 33 27 24 30 39 39 42 48 45 51 48 48 42 33 33 30 36 39 45 45 39 36 33 33 42 48 48 30")]
    [InlineData("sma(2)", "- 9 11 11.5 10 9 9.5 11 13 13.5 12 11 10.5 9 7.5 8 10.5 12 12.5 14 14.5 15 15.5 15 14 11.5 10 9.5 10 11.5 13 14 13 11.5 10.5 10 11.5 14 15 12")]
    [InlineData("sma(4) > close", "---FTTFFFFTTTTTFFFFFFFFFTTTTFFFFTTTTFFFT")]
    [InlineData("ema(3)", "- - 10 10.5 9.75 9.375 9.6875 10.8438 12.4219 12.7109 11.8555 11.4277 10.7139 9.3569 8.1785 8.5892 10.2946 11.1473 12.0737 13.5368 13.7684 14.8842 14.9421 14.9711 13.9855 11.9928 10.9964 9.9982 10.4991 11.2495 12.6248 13.3124 12.6562 11.8281 10.914 10.457 11.7285 13.3643 14.1821 11.5911")]
    [InlineData("sma(close - open, 2)", "- 1 2 0.5 -1.5 -1 0.5 1.5 2 0.5 -1.5 -1 -0.5 -1.5 -1.5 0.5 2.5 1.5 0.5 1.5 0.5 0.5 0.5 -0.5 -1 -2.5 -1.5 -0.5 0.5 1.5 1.5 1 -1 -1.5 -1 -0.5 1.5 2.5 1 -3")]
    [InlineData("highest(high, 3)", "- - 13 14 14 14 12 13 15 16 16 16 14 13 13 11 13 13 15 16 16 18 18 18 17 17 17 14 12 13 16 16 16 15 15 14 15 16 16 17")]
    [InlineData("lowest(low, 3)[1]", "- - - 6 7 7 7 7 8 8 9 10 10 8 7 6 6 6 6 7 11 11 12 12 13 11 9 9 8 7 7 7 10 10 10 9 9 8 8 8")]
    [InlineData("close > highest(high, 3)[1]", "---FFFFFTFFFFFFFTFFFFFFFFFFFFFTFFFFFFFFF")]
    [InlineData("crossover(sma(2), sma(4))", "----FFFTFFFFFFFFTFFFFFFFFFFFFTFFFFFFTFFF")]
    [InlineData("crossunder(sma(2), sma(4))", "---FTFFFFFTFFFFFFFFFFFFFTFFFFFFFFTFFFFFT")]
    [InlineData("crossover(close, 12)", "FFFFFFFFTFFFFFFFFFTFFFFFFFFFFFTFFFFFTFFF")]
    [InlineData("crossunder(close, 12)", "-FFTFFFFFFTFFFFFFFFFFFFFFTFFFFFFFTFFFFFT")]
    [InlineData("crossover(close, 12)[1]", "-FFFFFFFFTFFFFFFFFFTFFFFFFFFFFFTFFFFFTFF")]
    [InlineData("volume / (volume - 2)", "-1 - 3 2 - 0 -1 1.6667 - 3 - -1 2 - 1.5 -1 - 3 0 - 1.6667 - -1 - 3 - - 2 -1 1.5 - 3 -1 - 0 - 2 -1 - 3")]
    [InlineData("volume / (volume - 2) > 2", "F-TF-FFF-T-FF-FF-TF-F-F-T--FFF-TF-F-FF-T")]
    [InlineData("not (volume / (volume - 2) > 2)", "T-FT-TTT-F-TT-TT-FT-T-T-F--TTT-FT-T-TT-F")]
    [InlineData("close > 11 and volume / (volume - 2) > 2", "FFTFFFFF-TFFFFFF-TF-F-F-TFFFFF-TFFFFFF-F")]
    [InlineData("close > 11 or volume / (volume - 2) > 2", "F-TF-FFTTT-FF-FFTTTTTTTTT--FFTTTT-F-TTTT")]
    [InlineData("max(close, open) - min(close, open) == abs(close - open)", "TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT")]
    [InlineData("sqrt(close - 9) <= 1", "-TFFTTTFFFFFT--TFFFFFFFFFTTTFFFFFFTTFFFT")]
    [InlineData("log(close - 9) == 0", "-TFF--TFFFFFT---FFFFFFFFFTT-FFFFFFTTFFF-")]
    [InlineData("h4.close", "- - - - - 9 9 9 9 13 13 13 11 11 11 9 9 9 9 15 15 15 15 15 15 15 10 10 11 11 11 11 12 12 12 12 13 13 13 9")]
    [InlineData("h4.close[1]", "- - - - - - - - - 9 9 9 13 13 13 11 11 11 11 9 9 9 15 15 15 15 15 15 10 10 10 10 11 11 11 11 12 12 12 15")]
    [InlineData("h4.high - h4.low", "- - - - - 7 7 7 7 8 8 8 4 4 4 7 7 7 7 9 9 9 6 6 6 6 8 8 5 5 5 5 6 6 6 6 7 7 7 9")]
    [InlineData("h4.open", "- - - - - 10 10 10 10 9 9 9 13 13 13 11 11 11 11 9 9 9 15 15 15 15 15 15 10 10 10 10 11 11 11 11 12 12 12 15")]
    [InlineData("h4.volume", "- - - - - 9 9 9 9 11 11 11 3 3 3 13 13 13 13 7 7 7 8 8 8 8 7 7 7 7 7 7 12 12 12 12 8 8 8 3")]
    [InlineData("h4.sma(2)", "- - - - - - - - - 11 11 11 12 12 12 10 10 10 10 12 12 12 15 15 15 15 12.5 12.5 10.5 10.5 10.5 10.5 11.5 11.5 11.5 11.5 12.5 12.5 12.5 12")]
    [InlineData("close > h4.close", "-----FTTTFFFFFFFTTTFFTFFFFFFFTTTFFFFFTTF")]
    [InlineData("crossover(h4.close, h4.sma(2))", "------------FFFFFFFTFFFFFFFFTFFFFFFFFFFF")]
    [InlineData("not crossover(h4.close, h4.sma(2))", "------------TTTTTTTFTTTTTTTTFTTTTTTTTTTT")]
    [InlineData("crossover(h4.close, h4.sma(2)) and close > open", "F--FFF---FFFFFFFFFFTFFFFFFFFTFFFFFFFFFFF")]
    [InlineData("h4.crossunder(close, 12) or h4.close > 14", "---------FFFTFFFFFFTTTTTTTTFFFFFFFFFFFFT")]
    [InlineData("d1.close - d1.open", "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - 4 4 4 4")]
    public void Advance_FortyBars_YieldsTheTable(string expression, string expected)
    {
        var run = Expression.Parse(expression, new() { Timeframe = Timeframe.H1 }).Start(Timeframe.H1);
        var isTable = !expected.Contains(' ', StringComparison.Ordinal);
        var actual = new List<string>();
        foreach (var row in Rows)
        {
            run.Advance(new Candle(Bars.Monday + row.Hour * Bars.Hour, row.Open, row.High, row.Low, row.Close, row.Volume));
            actual.Add(isTable ? Show(run.Truth) : Show(run.Number));
        }

        Assert.Equal(expected, string.Join(isTable ? "" : " ", actual));
    }

    [Fact]
    public void Rows_AreTheFortyBarsThatTheTablesSpeakOf()
    {
        Assert.Equal(40, Rows.Length);
        Assert.All(Rows, row => Assert.True(row.Low <= Math.Min(row.Open, row.Close) && row.High >= Math.Max(row.Open, row.Close)));
    }

    private static string Show(bool? truth) => truth switch
    {
        true => "T",
        false => "F",
        null => "-",
    };

    private static string Show(double? number) => number is { } value ? (Math.Round(value, 4) + 0.0).ToString("0.####", CultureInfo.InvariantCulture) : "-";
}
