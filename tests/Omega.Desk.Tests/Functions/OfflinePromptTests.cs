using Omega.Gpt.Providers.Offline;
using Omega.TestKit;
using Omega.Trading;

namespace Omega.Desk.Tests.Functions;

/// <summary>What a person without a key gets: the right functions with the right arguments, and an answer of which every figure is grounded.</summary>
public sealed class OfflinePromptTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("Analyze BTC market", """analyze_market {"market":"BTC"}""", "BTC/USD (SIM:7, a simulated market) is at ")]
    [InlineData("Is a 2 BTC long too risky with 50,000 USD?", """assess_risk {"market":"BTC","side":"long","quantity":2,"equity":50000}""", "Yes, that is risky: a long of 2 BTC is worth ")]
    [InlineData("Backtest an EMA cross on BTC and tell me if it is any good", """run_backtest {"strategy":"ema-cross","market":"BTC"}""", "Not good: it lost money. ema-cross (fast 12, slow 26) returned -")]
    [InlineData("How much BTC can I buy risking 1% with a stop 3% away and 20k?", """size_position {"equity":20000,"risk":0.01,"stop_distance":0.03,"market":"BTC"}""", "You can buy 0.")]
    public async Task Offline_TheFirstPrompts_CallTheRightFunctionAndTellItsFigures(string prompt, string call, string opening)
    {
        var turn = await DeskTurn.OfflineAsync(new MarketDesk(SeriesFeed.Walk()), prompt);
        output.WriteLine(turn.Text);

        Assert.Equal([call], turn.Calls);
        Assert.StartsWith(opening, turn.Text, StringComparison.Ordinal);
        Assert.Contains("Source: SIM:7 (simulated), BTC/USD, 1h, as of 2026-03-01 12:", turn.Text, StringComparison.Ordinal);
        Assert.EndsWith(OfflineProvider.Mark, turn.Text, StringComparison.Ordinal);
        Assert.Empty(turn.Ungrounded);
    }

    [Fact]
    public async Task Offline_AFileNamedInThePrompt_IsComparedOn()
    {
        var path = Path.Combine(_folder.Path, "btcusdt-1h-2017-2024.csv.gz");
        var feed = SeriesFeed.Walk(3000);
        CandleFile.Write(path, (await feed.GetHistoryAsync(new(feed.Instruments[0], Timeframe.H1) { Count = 3000 }, TestContext.Current.CancellationToken)).Candles, TestContext.Current.CancellationToken);
        var prompt = $"Compare momentum and donchian on {path}";

        var turn = await DeskTurn.OfflineAsync(new MarketDesk(feed, new MarketDeskOptions { CandleFiles = CandleFileNames.In(prompt) }), prompt);
        output.WriteLine(turn.Text);

        Assert.Equal([$$"""compare_strategies {"strategies":["momentum","donchian"],"candles":"{{path}}"}"""], turn.Calls);
        Assert.StartsWith("By its Sharpe ratio ", turn.Text, StringComparison.Ordinal);
        Assert.Contains("Source: replay:", turn.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("simulated", turn.Text, StringComparison.Ordinal);
        Assert.Empty(turn.Ungrounded);
    }

    [Theory]
    [InlineData("With 50,000 USD, is a 2 BTC long too risky?", """assess_risk {"market":"BTC","side":"long","quantity":2,"equity":50000}""")]
    [InlineData("What's my risk if I short 0.5 BTC with 30k equity and a stop 5% away?", """assess_risk {"market":"BTC","side":"short","quantity":0.5,"equity":30000,"stop_distance":0.05}""")]
    [InlineData("What is the value at risk of 1 BTC with 100000 USD?", """assess_risk {"market":"BTC","quantity":1,"equity":100000}""")]
    [InlineData("What is the price of bitcoin?", """get_price {"market":"bitcoin"}""")]
    [InlineData("How much is BTC worth right now?", """get_price {"market":"BTC"}""")]
    [InlineData("How is BTC doing on the daily?", """analyze_market {"market":"BTC","timeframe":"daily"}""")]
    [InlineData("What's the outlook for bitcoin on 4h?", """analyze_market {"market":"bitcoin","timeframe":"4h"}""")]
    [InlineData("Where is support for BTC?", """analyze_market {"market":"BTC"}""")]
    [InlineData("Is bitcoin volatile?", """analyze_market {"market":"bitcoin"}""")]
    [InlineData("RSI and MACD of BTC on 4h", """get_indicators {"indicators":["RSI","MACD"],"market":"BTC","timeframe":"4h"}""")]
    [InlineData("What is the RSI(21) of BTC?", """get_indicators {"indicators":["RSI(21)"],"market":"BTC"}""")]
    [InlineData("Show me the last 50 hourly candles of BTC", """get_candles {"market":"BTC","timeframe":"hourly","count":50}""")]
    [InlineData("Which strategies can you test?", "list_strategies {}")]
    [InlineData("How does the donchian strategy work?", """get_strategy {"strategy":"donchian"}""")]
    [InlineData("Backtest donchian on BTC daily since 2025-06-01 with 20 bps fees", """run_backtest {"strategy":"donchian","market":"BTC","timeframe":"daily","from":"2025-06-01","fee_bps":20}""")]
    [InlineData("Compare buy and hold with ema-cross", """compare_strategies {"strategies":["buy-and-hold","ema-cross"]}""")]
    [InlineData("Compare ema cross, donchian and bollinger on BTC 4h over 90 days", """compare_strategies {"strategies":["ema-cross","donchian","bollinger"],"market":"BTC","timeframe":"4h","days":90}""")]
    [InlineData("How big a position can I take with $25,000 if I risk 0.5% and my stop is 2% below?", """size_position {"equity":25000,"risk":0.005,"stop_distance":0.02}""")]
    [InlineData("What's the price of BTC and analyze the market?", """get_price {"market":"BTC"}""", "analyze_market {}")]
    [InlineData("Should I buy bitcoin?")]
    [InlineData("What is bitcoin?")]
    [InlineData("What's the weather in Paris?")]
    public async Task Offline_EverydayPrompts_CallWhatAPersonMeans(string prompt, params string[] calls)
    {
        var turn = await DeskTurn.OfflineAsync(new MarketDesk(SeriesFeed.Walk()), prompt);
        Assert.Equal(calls, turn.Calls);
        Assert.Empty(turn.Ungrounded);
    }

    [Theory]
    [InlineData("Analyze DOGE", "no market \"DOGE\". Known: BTC/USD, ETH/USD.")]
    [InlineData("Analyze /etc/candles.csv", "not among those that the person named")]
    public async Task Offline_ARefusal_IsToldWithWhatThereIs(string prompt, string reason)
    {
        var turn = await DeskTurn.OfflineAsync(new MarketDesk(SeriesFeed.Walk(300), new MarketDeskOptions { CandleFiles = ["btc.csv"] }), prompt);
        Assert.Null(turn.Error);
        Assert.Contains(reason, turn.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
