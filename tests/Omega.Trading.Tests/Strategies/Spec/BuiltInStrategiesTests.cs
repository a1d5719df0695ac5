using Omega.Trading.Strategies;
using Omega.Trading.Tests.Expressions;

namespace Omega.Trading.Tests.Strategies.Spec;

public sealed class BuiltInStrategiesTests
{
    [Theory]
    [InlineData("buy-and-hold", "", 0, "long enter: true")]
    [InlineData("dca", "every=1w parts=52", 0, "long enter: true; parts: parts, one every every")]
    [InlineData("ema-cross", "fast=12 slow=26", 26, "long enter: crossover(ema(fast), ema(slow)); long exit: crossunder(ema(fast), ema(slow))")]
    [InlineData("donchian", "entry=20 leave=10", 20, "long enter: close > highest(high, entry)[1]; long exit: close < lowest(low, leave)[1]; long stop: 2 × atr(20) away")]
    [InlineData("rsi-reversion", "length=14 oversold=30 middle=50", 15, "long enter: crossover(rsi(length), oversold); long exit: rsi(length) > middle")]
    [InlineData("momentum", "length=168", 168, "long enter: roc(length) > 0; long exit: roc(length) <= 0")]
    public void Find_BuiltIn_IsWhatItsNameSays(string name, string parameters, int warmUp, string rules)
    {
        var spec = BuiltInStrategies.Find(name);

        Assert.Equal(parameters, string.Join(' ', spec.Parameters.Select(parameter => $"{parameter.Name}={parameter.Show(parameter.Default)}")));
        Assert.Equal(rules, string.Join("; ", spec.Rules.Select(rule => $"{rule.Name}: {rule.Text}")));
        Assert.Equal(warmUp, spec.Compile().Start(Timeframe.H1).WarmUpBars);
    }

    [Theory]
    [InlineData("reversion", new[] { 1 }, new[] { 2, 3 })]
    [InlineData("breakout", new[] { 3 }, new[] { 0, 1 })]
    public void Bollinger_Mode_ChoosesTheBand(string mode, int[] entries, int[] exits)
    {
        var spec = BuiltInStrategies.Find("bollinger");
        var values = new Dictionary<string, double> { ["length"] = 4, ["width"] = 1, ["mode"] = spec.Parameter("mode").Parse(mode) };
        // After the warm-up: on the lower band, below it, inside above the middle, above the upper band. Means of four are 10, 9, 9.375
        // and 10.625; deviations 1, 1.41, 1.56 and 3.34.
        var bars = Bars.Closes(11, 9, 11, 9, 7, 10.5, 16);

        var flat = Spec.Decide(spec.Compile(values), bars, _ => PositionView.Flat)[3..];
        var held = Spec.Decide(spec.Compile(values), bars, _ => Spec.Long)[3..];

        Assert.Equal(entries, flat.Index().Where(decision => decision.Item.EnterLong).Select(decision => decision.Index));
        Assert.Equal(exits, held.Index().Where(decision => decision.Item.ExitLong).Select(decision => decision.Index));
    }

    [Fact]
    public void Names_All_AreThoseInTheFiles() => Assert.Equal(BuiltInStrategies.All.Select(spec => spec.Name), BuiltInStrategies.Names);

    [Fact]
    public void Find_UnknownName_OffersNearOnes()
    {
        var error = Assert.Throws<TradingException>(() => BuiltInStrategies.Find("ema-cros"));
        Assert.StartsWith("Unknown strategy \"ema-cros\". Did you mean \"ema-cross\"? Known: buy-and-hold, dca,", error.Message, StringComparison.Ordinal);
    }
}
