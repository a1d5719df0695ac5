namespace Omega.Trading.Tests.Feeds;

internal static class Times
{
    /// <summary>The beginning of the period that holds a time.</summary>
    public static DateTimeOffset FloorOf(this Timeframe timeframe, DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeframe.Floor(time.ToUnixTimeMilliseconds()));
}
