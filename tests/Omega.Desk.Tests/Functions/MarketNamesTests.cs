using Omega.Desk.Functions;
using Omega.Trading;

namespace Omega.Desk.Tests.Functions;

public sealed class MarketNamesTests
{
    private static readonly Instrument[] Markets = [Instrument.Parse("BTC/USD"), Instrument.Parse("ETH/USD"), Instrument.Parse("ETH/EUR")];

    [Theory]
    [InlineData(null, "BTC/USD")]
    [InlineData("  ", "BTC/USD")]
    [InlineData("BTC", "BTC/USD")]
    [InlineData("btc", "BTC/USD")]
    [InlineData("$BTC", "BTC/USD")]
    [InlineData("Bitcoin", "BTC/USD")]
    [InlineData("btc-usd", "BTC/USD")]
    [InlineData("BTC_USD", "BTC/USD")]
    [InlineData("btc / usd", null)]
    [InlineData("BTC USD", "BTC/USD")]
    [InlineData("BTCUSDT", "BTC/USD")]
    [InlineData("BTC/USDC", "BTC/USD")]
    [InlineData("XBT/USD", "BTC/USD")]
    [InlineData("ETH", "ETH/USD")]
    [InlineData("ether", "ETH/USD")]
    [InlineData("ETHEUR", "ETH/EUR")]
    [InlineData("BTC/EUR", null)]
    [InlineData("ETH/BTC", null)]
    [InlineData("binance:BTC/USDT", null)]
    [InlineData("SOL", null)]
    [InlineData("AAPL", null)]
    public void Find_UsualSpellings_FindTheMarketOrRefuse(string? spelling, string? market)
    {
        if (market is not null)
        {
            Assert.Equal(market, MarketNames.Find(spelling, Markets).ToString());
            return;
        }

        var refusal = Assert.Throws<Refusal>(() => MarketNames.Find(spelling, Markets));
        Assert.Equal(("unknown_market", "market", spelling), (refusal.Kind, refusal.At, refusal.Given));
        Assert.Equal(["BTC/USD", "ETH/USD", "ETH/EUR"], refusal.Known);
    }

    [Theory]
    [InlineData("BTC/EUR", "BTC/USD")]
    [InlineData("BTX", "BTC/USD")]
    [InlineData("BTCUSDD", "BTC/USD")]
    public void Find_Unknown_OffersNearNames(string spelling, string near) =>
        Assert.Contains(near, Assert.Throws<Refusal>(() => MarketNames.Find(spelling, Markets)).Near);

    [Fact]
    public void Find_ATextOfAnyLength_IsBounded()
    {
        var refusal = Assert.Throws<Refusal>(() => MarketNames.Find(new string('B', 100_000), Markets));
        Assert.True(refusal.Message.Length < 300 && refusal.Given!.Length < 300, refusal.Message);
    }
}
