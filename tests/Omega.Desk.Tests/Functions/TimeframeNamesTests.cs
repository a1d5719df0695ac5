using Omega.Desk.Functions;
using Omega.Trading;

namespace Omega.Desk.Tests.Functions;

public sealed class TimeframeNamesTests
{
    [Theory]
    [InlineData(null, "1h")]
    [InlineData("1h", "1h")]
    [InlineData("1H", "1h")]
    [InlineData("H1", "1h")]
    [InlineData("h4", "4h")]
    [InlineData("hourly", "1h")]
    [InlineData("60m", "1h")]
    [InlineData("60 min", "1h")]
    [InlineData("1 hour", "1h")]
    [InlineData("4 hours", "4h")]
    [InlineData("4-hour", "4h")]
    [InlineData("240m", "4h")]
    [InlineData("M15", "15m")]
    [InlineData("15 minutes", "15m")]
    [InlineData("1D", "1d")]
    [InlineData("Daily", "1d")]
    [InlineData("24h", "1d")]
    [InlineData("7 days", "1w")]
    [InlineData("weekly", "1w")]
    public void Find_UsualSpellings_FindTheTimeframe(string? spelling, string timeframe) =>
        Assert.Equal(timeframe, TimeframeNames.Find(spelling, Timeframe.All).ToString());

    [Theory]
    [InlineData("1M")]
    [InlineData("45m")]
    [InlineData("monthly")]
    [InlineData("0h")]
    [InlineData("1hr5")]
    [InlineData("99999999h")]
    [InlineData("soon")]
    public void Find_Unknown_RefusesAndTellsWhatThereIs(string spelling)
    {
        var refusal = Assert.Throws<Refusal>(() => TimeframeNames.Find(spelling, Timeframe.All));
        Assert.Equal(("unknown_timeframe", "timeframe"), (refusal.Kind, refusal.At));
        Assert.Equal(Timeframe.All.Select(timeframe => timeframe.ToString()), refusal.Known);
    }

    [Fact]
    public void Find_KnownButNotHere_OffersTheNearest()
    {
        var refusal = Assert.Throws<Refusal>(() => TimeframeNames.Find("5m", [Timeframe.H1, Timeframe.H4, Timeframe.D1]));
        Assert.Equal("1h", refusal.Near[0]);
        Assert.Contains("no 5m candles", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Usual_WithoutHours_IsTheNearestToAnHour() => Assert.Equal(Timeframe.D1, TimeframeNames.Usual([Timeframe.D1, Timeframe.W1]));
}
