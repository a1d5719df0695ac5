using Omega.Trading.Expressions;

namespace Omega.Trading.Tests.Expressions;

public sealed class ExpressionErrorTests
{
    [Theory]
    [InlineData("", 0, "The expression is empty. Write a rule, such as: close > ema(200).")]
    [InlineData("crossover(emma(12), ema(26))", 10, "Unknown function \"emma\". Did you mean \"ema\"?")]
    [InlineData("EMA(12) > 1", 0, "Unknown function \"EMA\". Did you mean \"ema\"")]
    [InlineData("emma(12).signal > 1", 0, "Unknown function \"emma\".")]
    [InlineData("closee > 1", 0, "Unknown name \"closee\". Did you mean \"close\"?")]
    [InlineData("close[-1] > 2", 6, "[-1] looks into the future.")]
    [InlineData("close[0 - back] > 2", 8, "[-3] looks into the future.")]
    [InlineData("close[1.5] > 2", 6, "[1.5]: a look back is a whole number from 0 to 5000.")]
    [InlineData("close[5001] > 2", 6, "[5001]: a look back is a whole number from 0 to 5000.")]
    [InlineData("close[1/0] > 2", 7, "The look back in [ ] is null.")]
    [InlineData("close[close] > 2", 6, "The look back in [ ] has to be a constant or a parameter")]
    [InlineData("close[3000][3000] > 2", 11, "This looks back 6000 bars in all; at most 5000 are allowed.")]
    [InlineData("highest(highest(high, 3000), 3000) > 2", 0, "This looks back 5998 bars in all")]
    [InlineData("1 < close < 3", 10, "Comparisons do not chain. Join two with \"and\": a < b and b < c.")]
    [InlineData("close = 3", 6, "Unexpected character \"=\". Equality is \"==\".")]
    [InlineData("close > 1 && open > 1", 10, "Unexpected character \"&\". Write \"and\".")]
    [InlineData("close > 5%", 9, "Unexpected character \"%\". There is no per cent")]
    [InlineData("close > \u0001", 8, "Unexpected character \"U+0001\".")]
    [InlineData("(close > 1", 10, "Expected \")\" to close the \"(\" of character 1; found the end.")]
    [InlineData("close > 1)", 9, "\")\" closes nothing.")]
    [InlineData("close an open", 6, "Expected an operator or the end; found \"an\". Did you mean \"and\"?")]
    [InlineData("close >", 7, "Expected a price, a number, a call or \"(\"; found the end.")]
    [InlineData("close > .5", 8, "A number needs a digit before the point: 0.5.")]
    [InlineData("close > +5", 8, "There is no plus sign before an operand.")]
    [InlineData("1 + not true", 4, "\"not\" stands before a whole comparison.")]
    [InlineData("close > 1e999", 8, "The number 1e999 is too large.")]
    [InlineData("4h.close > 1", 0, "\"4h\" is neither a number nor a name. Timeframes are written h4.close.")]
    [InlineData("H4.close > 1", 0, "Unknown timeframe \"H4\". Did you mean \"h4\"?")]
    [InlineData("h5.close > 1", 0, "Unknown timeframe \"h5\". Did you mean")]
    [InlineData("h4.clos > 1", 3, "h4 has no \"clos\". Did you mean \"close\"?")]
    [InlineData("h4 > 1", 0, "\"h4\" is a timeframe")]
    [InlineData("h4(1) > 1", 0, "h4 is a timeframe, not a function")]
    [InlineData("m30.close > 1", 0, "m30 is shorter than the bars, which are of 1h. Possible: h2, h4, h6, h12, d1, w1.")]
    [InlineData("crossover(close, h4.ema(12))", 0, "crossover reads two timeframes here.")]
    [InlineData("(close - h4.close)[1] > 0", 7, "[ ] reads two timeframes here.")]
    [InlineData("ema(h4.close + d1.close, 3) > 0", 0, "ema reads two timeframes here.")]
    [InlineData("d1.ema(h4.close, 3) > 0", 7, "h4 is read inside d1.")]
    [InlineData("macd(12, 26, 9) > 0", 0, "macd has several outputs. Write which: macd(…).line, macd(…).signal, macd(…).histogram.")]
    [InlineData("macd(12, 26, 9).sginal > 0", 16, "macd has no output \"sginal\". Did you mean \"signal\"?")]
    [InlineData("ema(12).line > 0", 8, "ema has one output: leave \".line\" away.")]
    [InlineData("close.high > 0", 6, "Only a timeframe, an indicator with several outputs, and the position have something behind a dot")]
    [InlineData("close. > 0", 7, "Expected a name after \".\"")]
    [InlineData("ema > 0", 0, "\"ema\" is a function: ema(source, length).")]
    [InlineData("close(1) > 0", 0, "close is no function. Earlier bars are read with brackets: close[1].")]
    [InlineData("back(1) > 0", 0, "back is a parameter, not a function.")]
    [InlineData("ema(0) > 0", 4, "ema: length is 0; allowed: a whole number from 1 to 5000.")]
    [InlineData("ema(close, 12, 3) > 0", 0, "ema takes at most 2 arguments: ema(source, length); 3 were given.")]
    [InlineData("atr(close, 14) > 0", 0, "atr takes at most 1 argument, and reads whole bars: atr(length); 2 were given.")]
    [InlineData("max(close) > 0", 0, "max takes 2 arguments: max(a, b); 1 was given.")]
    [InlineData("abs() > 0", 0, "abs takes 1 argument: abs(a); 0 were given.")]
    [InlineData("ema(close, high) > 0", 11, "ema: length has to be a constant or a parameter, the same on every bar. Parameters: back.")]
    [InlineData("ema(close > 2, 2) > 0", 10, "ema needs a number, but this is true or false.")]
    [InlineData("close and open", 0, "\"and\" needs something true or false, but this is a number.")]
    [InlineData("not close", 4, "\"not\" needs something true or false, but this is a number.")]
    [InlineData("close + (close > open)", 15, "\"+\" needs a number, but this is true or false.")]
    [InlineData("true == false", 0, "A comparison needs a number, but this is true or false.")]
    [InlineData("close - open", 6, "A rule has to be true or false, but this is a number.")]
    [InlineData("position.bars > 3", 0, "Only exits see the position.")]
    [InlineData("position.profit > 3", 9, "The position has no such field.")]
    public void Parse_Wrong_SaysWhatAndWhere(string text, int position, string reason)
    {
        var options = new ExpressionOptions { Parameters = new Dictionary<string, double> { ["back"] = 3 }, Type = ExpressionType.Bool, Timeframe = Timeframe.H1 };

        var error = Assert.Throws<ExpressionException>(() => Expression.Parse(text, options));

        Assert.StartsWith(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal((text, position), (error.Expression, error.Position));
        Assert.StartsWith($"Character {position + 1}: {error.Reason}\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_Error_PointsAtTheCharacter()
    {
        var error = Assert.Throws<ExpressionException>(() => Expression.Parse("close > 1\tand emma(12) > 3"));

        Assert.Equal(
            """
            Character 15: Unknown function "emma". Did you mean "ema"?
              close > 1 and emma(12) > 3
                            ^
            """.ReplaceLineEndings("\n"),
            error.Message);
    }

    [Fact]
    public void Caret_LongText_IsCutAroundTheCharacter()
    {
        var text = string.Join(" and ", Enumerable.Repeat("close > 1", 40)) + " and wrong";

        var caret = Assert.Throws<ExpressionException>(() => Expression.Parse(text)).Caret.Split('\n');

        Assert.True(caret[0].Length < 110);
        Assert.Equal("wrong", caret[0].Substring(caret[1].IndexOf('^', StringComparison.Ordinal), 5));
    }

    [Theory]
    [InlineData("close", 4096, true)]
    [InlineData("close", 4097, false)]
    public void Parse_Length_IsBounded(string text, int length, bool isAllowed) => AssertParses(text.PadRight(length), isAllowed);

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Parse_Nodes_AreBounded(int names, bool isAllowed) => AssertParses("1 + " + string.Join('+', Enumerable.Repeat("close", names - 1)), isAllowed);

    [Theory]
    [InlineData("(", ")", 32, true)]
    [InlineData("(", ")", 33, false)]
    [InlineData("-", "", 32, true)]
    [InlineData("-", "", 33, false)]
    [InlineData("abs(", ")", 33, false)]
    [InlineData("(", ")", 1300, false)]
    [InlineData("-", "", 4000, false)]
    [InlineData("1[", "]", 1300, false)]
    public void Parse_Depth_IsBounded(string open, string close, int depth, bool isAllowed) =>
        AssertParses(string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)), isAllowed);

    [Theory]
    [InlineData("close", "it is a name of the language")]
    [InlineData("ema", "it is a name of the language")]
    [InlineData("h4", "it is a name of the language")]
    [InlineData("and", "it is a name of the language")]
    [InlineData("a b", "use letters, digits and _")]
    [InlineData("1a", "use letters, digits and _")]
    public void Parse_ParameterWithAnUnusableName_IsRefused(string name, string reason)
    {
        var error = Assert.Throws<TradingException>(() => Expression.Parse("close > 1", new() { Parameters = new Dictionary<string, double> { [name] = 1 } }));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_BarsThatAreTooLong_PointsAtTheTimeframe()
    {
        var error = Assert.Throws<ExpressionException>(() => Expression.Parse("close > h4.close").Start(Timeframe.D1));
        Assert.Equal((8, "h4 is shorter than the bars, which are of 1d. Possible: w1."), (error.Position, error.Reason));
    }

    private static void AssertParses(string text, bool isAllowed)
    {
        if (isAllowed)
            Expression.Parse(text);
        else
            Assert.Throws<ExpressionException>(() => Expression.Parse(text));
    }
}
