namespace Omega.Trading.Tests.Market;

public sealed class TimeframeTests
{
    [Fact]
    public void Parse_UnknownName_OffersNearOnes()
    {
        var error = Assert.Throws<TradingException>(() => Timeframe.Parse("1hr"));
        Assert.Equal("Unknown timeframe \"1hr\". Did you mean \"1h\"? Known: 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 12h, 1d, 1w.", error.Message);
    }

    [Theory]
    [InlineData("1h", "2024-02-29T13:59:59Z", "2024-02-29T13:00:00Z")]
    [InlineData("4h", "2024-02-29T13:59:59Z", "2024-02-29T12:00:00Z")]
    [InlineData("1d", "1969-12-31T23:00:00Z", "1969-12-31T00:00:00Z")]
    [InlineData("1w", "2024-03-03T23:59:59Z", "2024-02-26T00:00:00Z")]
    [InlineData("1w", "2024-03-04T00:00:00Z", "2024-03-04T00:00:00Z")]
    public void Floor_Time_IsTheOpenOfItsPeriod(string name, string time, string expected) =>
        Assert.Equal(Ms(expected), Timeframe.Parse(name).Floor(Ms(time)));

    private static long Ms(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
