using Omega.Cli.Turns;
using Omega.Gpt;

namespace Omega.Cli.Tests.Turns;

public sealed class TurnFooterTests
{
    private static readonly TokenUsage Usage = new(new InputTokens(1234) { CacheRead = 1000 }, new OutputTokens(56) { Reasoning = 40 });

    [Theory]
    [InlineData("0", false, "$0")]
    [InlineData("0.0000123", false, "$0.0000123")]
    [InlineData("0.01234", false, "$0.0123")]
    [InlineData("1.005", true, "~$1.01")]
    [InlineData("0.001", true, "~$0.001")]
    public void Money_KnownCost_IsShownAsPeopleWriteIt(string usd, bool estimated, string expected) =>
        Assert.Equal(expected, TurnFooter.Money(new Cost(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), estimated, CostSource.Catalogue)));

    [Fact]
    public void Money_Unknown_IsAQuestionMark() => Assert.Equal("$?", TurnFooter.Money(null));

    [Fact]
    public void Tokens_Unknown_AreQuestionMarksAndNeverZero()
    {
        Assert.Equal("? tokens in, ? out", TurnFooter.Tokens(null, null));
        Assert.Equal("? tokens in, 7 out", TurnFooter.Tokens(new TokenUsage(new InputTokens(null), new OutputTokens(7)), null));
    }

    [Fact]
    public void Of_Completed_TellsModelTimesTokensAndCost() => Assert.Equal(
        "openai/gpt-x · 250 ms to first token, 1.5 s in all · 1,234 tokens in (1,000 cached), 56 out (40 reasoning) · $0.0123",
        TurnFooter.Of(Completed("openai", Usage, new Cost(0.0123m, false, CostSource.Provider))));

    [Fact]
    public void Of_Offline_HasNoTokensAndNoCost() =>
        Assert.Equal("offline/gpt-x · 250 ms to first token, 1.5 s in all", TurnFooter.Of(Completed("offline", null, null)));

    [Fact]
    public void Of_WithFunctionsAndAMarket_NamesThemOnceEach() => Assert.Equal(
        "offline/gpt-x · 250 ms to first token, 1.5 s in all · get_price, run_backtest ×2 · SIM:42 · session demo",
        TurnFooter.Of(Completed("offline", null, null), ["get_price", "run_backtest", "run_backtest"], "SIM:42", "demo"));

    private static TurnCompletedEvent Completed(string provider, TokenUsage? usage, Cost? cost) => new()
    {
        Text = "",
        FinishReason = FinishReason.Stop,
        Model = "gpt-x",
        Provider = provider,
        Steps = 1,
        Usage = usage,
        Cost = cost,
        Timing = new TurnTiming(250, 1500),
    };
}
