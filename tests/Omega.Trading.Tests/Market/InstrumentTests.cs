namespace Omega.Trading.Tests.Market;

public sealed class InstrumentTests
{
    [Theory]
    [InlineData("BTC", "BTC/USD")]
    [InlineData("btc-usd", "BTC/USD")]
    [InlineData("BTC/USD", "BTC/USD")]
    [InlineData("XBT_USD", "BTC/USD")]
    [InlineData("BTCUSD", "BTC/USD")]
    [InlineData("BTCUSDT", "BTC/USDT")]
    [InlineData(" btcusdc ", "BTC/USDC")]
    [InlineData("BTCFDUSD", "BTC/FDUSD")]
    [InlineData("ETHBTC", "ETH/BTC")]
    [InlineData("ETHXBT", "ETH/BTC")]
    [InlineData("ETH/XBT", "ETH/BTC")]
    [InlineData("Binance:btcusdt", "binance:BTC/USDT")]
    [InlineData("kraken: XBT/EUR", "kraken:BTC/EUR")]
    public void Parse_UsualSpelling_IsCanonicalAndReadsBack(string spelling, string canonical)
    {
        var instrument = Instrument.Parse(spelling);

        Assert.Equal(canonical, instrument.ToString());
        Assert.Equal(instrument, Instrument.Parse(canonical));
        Assert.Equal((0.00001m, 0.01m, 5m), (instrument.Step, instrument.Tick, instrument.MinimumNotional));
    }

    [Theory]
    [InlineData("BTCUSDD", "Did you mean")]
    [InlineData("BTX/USD", "\"BTC/USD\"")]
    [InlineData("BTC-USTD", "\"BTC/USDT\"")]
    [InlineData("BTC/BTC", "Write it as BTC/USD")]
    [InlineData("BTC//USD", "Did you mean")]
    [InlineData("USD", "Bases: BTC")]
    [InlineData("", "Unknown instrument \"\"")]
    [InlineData("binanse:BTCUSDT", "Unknown exchange \"binanse\" in \"binanse:BTCUSDT\". Did you mean \"binance\"?")]
    public void Parse_Unknown_OffersNearNames(string spelling, string part)
    {
        Assert.False(Instrument.TryParse(spelling, out _));
        Assert.Contains(part, Assert.Throws<TradingException>(() => Instrument.Parse(spelling)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EndlessText_IsCutInTheMessage() =>
        Assert.True(Assert.Throws<TradingException>(() => Instrument.Parse(new string('B', 1_000_000))).Message.Length < 200);

    [Fact]
    public void Create_NamesOfAnyKind_AreTakenInCanonicalCase() =>
        Assert.Equal("my-exchange:PEPE/TRY", Instrument.Create("pepe", "try", "My-Exchange").ToString());

    [Theory]
    [InlineData("", "USD", null)]
    [InlineData("BTC", "US D", null)]
    [InlineData("BTC", "btc", null)]
    [InlineData("BTC", "USD", "a/b")]
    [InlineData("BTCBTCBTCBTCB", "USD", null)]
    public void Create_UnsoundName_IsRefused(string @base, string quote, string? exchange) =>
        Assert.Throws<TradingException>(() => Instrument.Create(@base, quote, exchange));

    [Fact]
    public void Init_StepTickOrNotionalBelowTheirBounds_IsRefused()
    {
        var instrument = Instrument.Parse("BTC");
        Assert.Throws<TradingException>(() => instrument with { Step = 0 });
        Assert.Throws<TradingException>(() => instrument with { Tick = -0.01m });
        Assert.Throws<TradingException>(() => instrument with { MinimumNotional = -1 });
        Assert.Equal(0, (instrument with { MinimumNotional = 0 }).MinimumNotional);
    }
}
