using CsCheck;

namespace Omega.Trading.Tests.Market;

public sealed class CandleSeriesTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(new long[] { 0, 2 * Hour, Hour }, "Candle 2 (1970-01-01T01:00:00.0000000+00:00) does not come after")]
    [InlineData(new long[] { 0, Hour, Hour }, "Candle 2 (1970-01-01T01:00:00.0000000+00:00) does not come after")]
    [InlineData(new long[] { 0, Hour + 1 }, "Candle 1 opens at 1970-01-01T01:00:00.0010000+00:00, which is not the start of a 1h period.")]
    public void Create_TimesOutOfOrderOrOffTheGrid_IsRefused(long[] times, string message)
    {
        var error = Assert.Throws<TradingException>(() => CandleSeries.Create(Timeframe.H1, "SIM:1", [.. times.Select(time => new Candle(time, 1, 1, 1, 1, 1))]));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NoTimeframe_IsRefused() => Assert.Throws<TradingException>(() => CandleSeries.Create(default, "SIM:1", []));

    [Fact]
    public void MissingRanges_Gaps_AreListedAndCounted()
    {
        var series = Candles.At(Timeframe.H1, 0, 1, 3, 4, 10);

        Assert.Equal([new MissingRange(2 * Hour, 2 * Hour, 1), new MissingRange(5 * Hour, 9 * Hour, 5)], series.MissingRanges);
        Assert.Equal(6, series.MissingCount);
        Assert.Equal((5, 9), (series.MissingRanges[1].FirstTime.Hour, series.MissingRanges[1].LastTime.Hour));
    }

    [Theory]
    [InlineData(new long[0])]
    [InlineData(new long[] { 7 })]
    public void MissingRanges_NoneOrOneCandle_AreNone(long[] periods)
    {
        var series = Candles.At(Timeframe.H1, periods);
        Assert.Empty(series.MissingRanges);
        Assert.Equal(0, series.MissingCount);
    }

    [Fact]
    public void MissingRanges_AnySeries_TogetherWithItsCandlesFillTheTime() =>
        Candles.Series(Timeframe.M1).Sample(series =>
        {
            var all = series.Times.ToArray().Concat(series.MissingRanges.SelectMany(range => Enumerable.Range(0, (int)range.Count).Select(i => range.First + (i * 60_000L)))).Order().ToList();
            Assert.All(all.Zip(all.Skip(1)), pair => Assert.Equal(60_000, pair.Second - pair.First));
            Assert.All(series.MissingRanges, range => Assert.Equal(range.Last, range.First + ((range.Count - 1) * 60_000)));
        }, iter: 200);

    [Fact]
    public void Slice_Part_SharesTheColumns()
    {
        var series = Candles.At(Timeframe.H1, 0, 1, 3, 4, 10);
        var slice = series.Slice(1, 3).Slice(1, 2);

        Assert.Equal([series[2], series[3]], Candles.All(slice));
        Assert.Empty(slice.MissingRanges);
        Assert.True(series.Closes[2..4] == slice.Closes);
        Assert.Equal((series.Timeframe, series.Source), (slice.Timeframe, slice.Source));
        Assert.Throws<ArgumentOutOfRangeException>(() => series.Slice(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => series.Slice(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => series.Slice(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Slice(0, 3));
        Assert.Throws<IndexOutOfRangeException>(() => slice[2]);
    }

    [Fact]
    public void Between_AnyTimes_HoldsTheCandlesThatOpenInThem() =>
        Gen.Select(Candles.Series(Timeframe.H1, 30), Gen.Double[-2, 2], Gen.Double[-2, 2]).Sample((series, a, b) =>
        {
            var middle = series.Count > 0 ? series[series.Count / 2].OpenTime : DateTimeOffset.UnixEpoch;
            var (from, to) = (middle.AddHours(Math.Round(a * 4) / 2), middle.AddHours(b * 5).AddTicks(1));
            Assert.Equal(Candles.All(series).Where(candle => candle.OpenTime >= from && candle.OpenTime < to), Candles.All(series.Between(from, to)));
            Assert.Equal(Candles.All(series).Where(candle => candle.OpenTime >= to), Candles.All(series.Between(to, null)));
            Assert.Equal(Candles.All(series).Where(candle => candle.OpenTime < from), Candles.All(series.Between(null, from)));
        }, iter: 500);

    [Fact]
    public void ComputeSha256_SameCandles_IsTheSameAndAnyChangeChangesIt()
    {
        var series = Candles.At(Timeframe.H1, 0, 1, 3);
        var other = CandleSeries.Create(Timeframe.H1, "SIM:2", Candles.All(series));
        var hash = series.ComputeSha256();

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, other.ComputeSha256());
        Assert.Equal(series.Slice(1, 2).ComputeSha256(), CandleSeries.Create(Timeframe.H1, "SIM:1", [series[1], series[2]]).ComputeSha256());
        Candle[] changes = [series[1] with { Time = 2 * Hour }, series[1] with { Open = 100 }, series[1] with { High = 200 }, series[1] with { Low = 1 }, series[1] with { Close = 101 }, series[1] with { Volume = 0 }];
        var hashes = changes.Select(change => CandleSeries.Create(Timeframe.H1, "SIM:1", [series[0], change, series[2]]).ComputeSha256()).Append(hash).Append(series.Slice(0, 2).ComputeSha256()).Append(Candles.At(Timeframe.M1, 0, 60, 180).ComputeSha256());
        Assert.Equal(9, hashes.Distinct().Count());
    }
}
