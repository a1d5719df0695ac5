using System.Globalization;
using Omega.Trading.Indicators;

namespace Omega.Trading.Tests.Indicators;

/// <summary>Ten bars worked through by hand, in fractions: seeding and the first values, which the decayed ones do not show.</summary>
public sealed class HandComputedTests
{
    private static readonly double[] Highs = [11, 12, 14, 13, 15, 16, 15, 13, 12, 14];
    private static readonly double[] Lows = [9, 10, 11, 11, 12, 14, 12, 10, 9, 11];
    private static readonly double[] Closes = [10, 12, 13, 11, 15, 14, 12, 11, 10, 13];

    [Theory]
    // Seed (10 + 12 + 13)/3, factor 1/2.
    [InlineData("ema:3", "ema_3", "- - 35/3 34/3 79/6 163/12 307/24 571/48 1051/96 2299/192")]
    [InlineData("macd:2,4,3", "macd_2_4_3_line", "- - - -1/18 247/270 2423/4050 -9593/60750 -486337/911250 -10022033/13668750 45601703/205031250")]
    // The signal is seeded with its own first three lines.
    [InlineData("macd:2,4,3", "macd_2_4_3_signal", "- - - - - 5903/12150 9961/60750 -168461/911250 -3137237/6834375 -48515407/410062500")]
    // Changes +2 +1 −2 +4 −1 −2 −1 −1 +3: gain 3/2, loss 0 first.
    [InlineData("rsi:2", "rsi_2", "- - 100 300/7 1900/23 1900/31 1900/63 20 1900/159 40300/543")]
    [InlineData("true_range", "true_range", "- 2 3 2 4 2 3 3 3 4")]
    [InlineData("atr:2", "atr_2", "- - 5/2 9/4 25/8 41/16 89/32 185/64 377/128 889/256")]
    [InlineData("adx:2", "adx_2_plus_di", "- - 60 100/3 44 1900/41 1900/89 380/37 1900/377 27500/889")]
    [InlineData("adx:2", "adx_2_minus_di", "- - 0 0 0 0 3200/89 1920/37 16000/377 16000/889")]
    // The first two DX are 100 and 100.
    [InlineData("adx:2", "adx_2_adx", "- - - 100 100 100 3200/51 76070/1173 15077915/209967 598234235/12178086")]
    [InlineData("supertrend:2,1", "supertrend_2_1_value", "- - 10 10 83/8 199/16 521/32 921/64 1721/128 1721/128")]
    [InlineData("supertrend:2,1", "supertrend_2_1_direction", "- - 1 1 1 1 -1 -1 -1 -1")]
    // Up from 9; new highs at bars 2, 4, 5 take the step to 0.08; the low of bar 7 passes 10.23…, and the stop becomes the high of 16.
    [InlineData("psar", "psar_0.02_0.2_value", "- 9 9 46/5 1174/125 9.72848 10.2302016 16 15.88 15.6048")]
    [InlineData("psar", "psar_0.02_0.2_direction", "- 1 1 1 1 1 1 -1 -1 -1")]
    // ER of bar 3: |11 − 10|/(2 + 1 + 2), of bar 4: |15 − 12|/(1 + 2 + 4); with fast 1, slow 3 the factor is ((ER + 1)/2)².
    [InlineData("kama:3,1,3", "kama_3_1_3", "- - - 307/25 16743/1225")]
    [InlineData("aroon:3", "aroon_3_up", "- - - 200/3 100 100 200/3 100/3 0 0")]
    [InlineData("obv", "obv", "0 1 2 1 2 1 0 -1 -2 -1")]
    // Bar 1 lies a fifth above the low of bar 0; bar 3 a fifth below the high of bar 2; bars 7 and 8 carry the low on and confirm nothing.
    [InlineData("zigzag:0.2", "zigzag_0.2_price", "- 9 - 14 11 - 16 - - 9")]
    [InlineData("zigzag:0.2", "zigzag_0.2_time", "- 0 - 7200000 10800000 - 18000000 - - 28800000")]
    [InlineData("zigzag:0.2", "zigzag_0.2_direction", "- -1 - 1 -1 - 1 - - -1")]
    public void Over_TenBars_EqualsTheFractions(string text, string column, string expected)
    {
        var bars = Closes.Select((close, i) => new Candle(i * 3_600_000L, close, Highs[i], Lows[i], close, 1)).ToArray();
        var values = IndicatorCatalog.Parse(text).Over(Bars.Series(bars)).Single(found => found.Name == column).Values.ToArray();
        var words = expected.Split(' ');
        for (var t = 0; t < words.Length; t++)
            Assert.Equal(Value(words[t]), values[t], 1e-12);
    }

    private static double Value(string word) => word.Split('/') switch
    {
        ["-"] => double.NaN,
        [var numerator, var denominator] => Number(numerator) / Number(denominator),
        var whole => Number(whole[0]),
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
