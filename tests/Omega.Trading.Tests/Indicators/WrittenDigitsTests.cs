using CsCheck;
using Omega.Trading.Indicators;

namespace Omega.Trading.Tests.Indicators;

/// <summary>
/// Prices in tenths are no binary fractions, and ten times as much are whole numbers. What has no unit says the same of both: also where two
/// sums or moves are equal in the digits as they are written.
/// </summary>
public sealed class WrittenDigitsTests
{
    private static readonly Gen<Candle[]> FewPrices = Gen.Select(Gen.Int[82_486, 82_492], Gen.Int[82_486, 82_492], Gen.Int[82_486, 82_492], Gen.Int[1, 9])
        .Select((first, second, third, volume) =>
        {
            int[] prices = [first, second, third];
            return new Candle(0, first, prices.Max(), prices.Min(), third, volume);
        })
        .Array[60]
        .Select(bars => bars.Select((bar, i) => bar with { Time = i * 60_000L }).ToArray());

    [Theory]
    [InlineData("mfi:3")]
    [InlineData("adx:3")]
    [InlineData("cci:3")]
    [InlineData("rsi:3")]
    [InlineData("aroon:4")]
    [InlineData("stochastic:3,2,2")]
    [InlineData("williams_r:3")]
    [InlineData("cmf:3")]
    public void Over_Tenths_SaysWhatItSaysOfWholeNumbers(string text) => FewPrices.Sample(bars =>
    {
        Candle[] tenths = [.. bars.Select(bar => bar with { Open = bar.Open / 10, High = bar.High / 10, Low = bar.Low / 10, Close = bar.Close / 10 })];
        var (whole, parts) = (IndicatorCatalog.Parse(text).Over(Bars.Series(bars)), IndicatorCatalog.Parse(text).Over(Bars.Series(tenths)));
        for (var line = 0; line < whole.Count; line++)
        {
            for (var t = 0; t < bars.Length; t++)
                Assert.Equal(whole[line].Values[t], parts[line].Values[t], 1e-6);
        }
    }, iter: 300);
}
