using CsCheck;

namespace Omega.Trading.Tests.Market;

public sealed class ResamplingTests
{
    [Fact]
    public void Resample_IncompleteEnds_AreDroppedAndInteriorOnesKeptWithTheirParts()
    {
        // Hours of 4h periods: [2 3] [4 5 6 7] [8 11] [12..15 missing] [16 17 18 19] [20 21]
        var series = Candles.At(Timeframe.H1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 17, 18, 19, 20, 21);
        var resampled = series.Resample(Timeframe.H4);

        Assert.Equal((Timeframe.H4, "SIM:1", 4), (resampled.Timeframe, resampled.Source, resampled.ExpectedParts));
        Assert.Equal([4, 2, 4], resampled.Parts.ToArray());
        Assert.Equal(
            [
                new Candle(4 * 3_600_000, 102, 106, 101, 105.5, 2 + 3 + 4 + 5),
                new Candle(8 * 3_600_000, 106, 108, 105, 107.5, 6 + 7),
                new Candle(16 * 3_600_000, 108, 112, 107, 111.5, 8 + 9 + 10 + 11),
            ],
            Candles.All(resampled));
        Assert.Equal([new MissingRange(12 * 3_600_000, 12 * 3_600_000, 1)], resampled.MissingRanges);
    }

    [Theory]
    [InlineData("1m", "3m")]
    [InlineData("1m", "5m")]
    [InlineData("5m", "30m")]
    [InlineData("15m", "1h")]
    [InlineData("1h", "4h")]
    [InlineData("1h", "1d")]
    [InlineData("12h", "1w")]
    [InlineData("1d", "1w")]
    public void Resample_AnySeries_EqualsTheCalendar(string from, string to) =>
        Candles.Series(Timeframe.Parse(from)).Sample(series =>
        {
            var resampled = series.Resample(Timeframe.Parse(to));
            var expected = ByCalendar(series, Timeframe.Parse(to));
            Assert.Equal(expected.Select(entry => entry.Candle), Candles.All(resampled));
            Assert.Equal(expected.Select(entry => entry.Parts), resampled.Parts.ToArray());
        }, iter: 50);

    [Fact]
    public void Resample_InTwoSteps_EqualsOneStepWhereNoEdgeIsCut() =>
        Candles.Series(Timeframe.M1).Where(series => series.Count > 0).Sample(series =>
        {
            // Whole days at both ends, so that no step drops an edge.
            var (first, last) = (Timeframe.D1.Floor(series.Times[0]), Timeframe.D1.Floor(series.Times[^1]) + Timeframe.D1.Milliseconds);
            var padded = CandleSeries.Create(Timeframe.M1, "SIM:1",
            [
                .. Flat(first - Timeframe.D1.Milliseconds, first), .. Candles.All(series), .. Flat(last, last + Timeframe.D1.Milliseconds),
            ]);
            var (once, twice) = (padded.Resample(Timeframe.D1), padded.Resample(Timeframe.H1).Resample(Timeframe.D1));
            Assert.Equal(once.Parts.ToArray(), twice.Parts.ToArray());
            Assert.Equal(1440, twice.ExpectedParts);
            Assert.Equal(Candles.All(once).Select(candle => candle with { Volume = 0 }), Candles.All(twice).Select(candle => candle with { Volume = 0 }));
        }, iter: 20);

    [Fact]
    public void Resample_SliceOfAResampledSeries_KeepsItsParts()
    {
        var hours = Candles.At(Timeframe.H1, [.. Enumerable.Range(0, 30).Where(hour => hour != 9).Select(hour => (long)hour)]);
        Assert.Equal([4, 3, 4], hours.Resample(Timeframe.H4).Slice(1, 3).Parts.ToArray());
    }

    [Theory]
    [InlineData("1h", "30m", "2h, 4h, 6h, 12h, 1d, 1w")]
    [InlineData("3m", "5m", "15m, 30m, 1h, 2h, 4h, 6h, 12h, 1d, 1w")]
    [InlineData("1w", "1d", "none")]
    public void Resample_NotAMultiple_NamesTheChoices(string from, string to, string choices)
    {
        var error = Assert.Throws<TradingException>(() => Candles.At(Timeframe.Parse(from)).Resample(Timeframe.Parse(to)));
        Assert.Equal($"{from} candles cannot be made into {to} ones. They can be made into: {choices}.", error.Message);
    }

    [Fact]
    public void Resample_SameTimeframe_IsTheSeriesItself()
    {
        var series = Candles.At(Timeframe.H1, 1, 2);
        Assert.Same(series, series.Resample(Timeframe.H1));
        Assert.Empty(Candles.At(Timeframe.H1).Resample(Timeframe.D1).Times.ToArray());
    }

    private static IEnumerable<Candle> Flat(long from, long to)
    {
        for (var time = from; time < to; time += 60_000)
            yield return new Candle(time, 1, 1, 1, 1, 0);
    }

    // Slowly, with the calendar of the runtime: which candles should each period have, and which of them are there?
    private static List<(Candle Candle, int Parts)> ByCalendar(CandleSeries series, Timeframe to)
    {
        var there = Candles.All(series).ToDictionary(candle => candle.OpenTime);
        if (there.Count == 0)
            return [];
        var result = new List<(Candle Candle, int Parts)>();
        var (start, end) = (there.Keys.Min(), there.Keys.Max());
        for (var period = StartOf(start, to); period <= end; period += to.Duration)
        {
            var expected = new List<DateTimeOffset>();
            for (var time = period; time < period + to.Duration; time += series.Timeframe.Duration)
                expected.Add(time);
            var parts = expected.Where(there.ContainsKey).Select(time => there[time]).ToList();
            var isEdge = parts.Any(part => part.OpenTime == start || part.OpenTime == end);
            if (parts.Count == 0 || (isEdge && parts.Count < expected.Count))
                continue;
            var candle = new Candle(period.ToUnixTimeMilliseconds(), parts[0].Open, parts.Max(part => part.High), parts.Min(part => part.Low), parts[^1].Close, parts.Sum(part => part.Volume));
            result.Add((candle, parts.Count));
        }

        return result;
    }

    private static DateTimeOffset StartOf(DateTimeOffset time, Timeframe timeframe)
    {
        var day = new DateTimeOffset(time.Date, TimeSpan.Zero);
        if (timeframe == Timeframe.W1)
            return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        var start = day;
        while (start + timeframe.Duration <= time)
            start += timeframe.Duration;
        return start;
    }
}
