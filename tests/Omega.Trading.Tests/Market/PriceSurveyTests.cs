using CsCheck;

namespace Omega.Trading.Tests.Market;

/// <summary>Whether prices are possible: the columns are looked at four candles at a time, so every place within and behind the fours counts.</summary>
public sealed class PriceSurveyTests
{
    private static readonly Candle Sound = new(0, 10, 12, 9, 11, 1);

    public static TheoryData<double, double, double, double> Unsound => new()
    {
        { 13, 12, 9, 11 },
        { 8, 12, 9, 11 },
        { 10, 12, 9, 13 },
        { 10, 12, 9, 8 },
        { 10, 12, 0, 11 },
        { 10, 12, -1, 11 },
        { 10, 1e15, 9, 11 },
        { double.NaN, 12, 9, 11 },
        { 10, double.NaN, 9, 11 },
        { 10, 12, double.NaN, 11 },
        { 10, 12, 9, double.NaN },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public void Of_OneUnsoundCandle_IsFoundInEveryPlace(double open, double high, double low, double close)
    {
        for (var count = 1; count <= 11; count++)
        {
            for (var at = 0; at < count; at++)
            {
                var bars = Enumerable.Repeat(Sound, count).ToArray();
                bars[at] = new Candle(0, open, high, low, close, 1);

                Assert.False(Survey(bars).IsSound, $"candle {at} of {count}");
            }
        }
    }

    [Fact]
    public void Of_SoundCandles_YieldsTheLowestLow() =>
        Gen.Double[0.01, 1e6].Array[1, 40].Sample(lows =>
        {
            var survey = Survey([.. lows.Select(low => new Candle(0, low * 2, low * 3, low, low, 1))]);

            Assert.True(survey.IsSound);
            Assert.Equal(lows.Order().First(), survey.Lowest);
        });

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, true)]
    [InlineData(3, false)]
    public void LowestSoundPrice_OfASlice_JudgesTheSliceAlone(int start, bool isSound)
    {
        var bars = Enumerable.Range(0, 10).Select(i => Sound with { Time = i * 3_600_000L, Low = i == 3 ? double.NaN : 9 }).ToArray();
        var series = CandleSeries.Create(Timeframe.H1, "test", bars);

        Assert.True(double.IsNaN(series.LowestSoundPrice));
        Assert.Equal(isSound ? 9 : double.NaN, series.Slice(start, 10 - start).LowestSoundPrice);
    }

    private static PriceSurvey Survey(Candle[] bars) =>
        PriceSurvey.Of([.. bars.Select(bar => bar.Open)], [.. bars.Select(bar => bar.High)], [.. bars.Select(bar => bar.Low)], [.. bars.Select(bar => bar.Close)]);
}
