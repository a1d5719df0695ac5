using System.Globalization;
using CsCheck;

namespace Omega.Trading.Tests.Market.Files;

/// <summary>Whatever a file holds, reading gives sound candles or one error that names the file. OMEGA_ROUNDS multiplies the inputs.</summary>
public sealed class CandleFileFuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0 ? rounds : 5;

    private static readonly byte[][] Seeds =
    [
        Text.Utf8(Text.Sound),
        Text.Utf8("1502942400000,10,12,9,11,5,1502945999999,99,1,2,3,0\n1502946000000,11,13,10,12,6,1502949599999,99,1,2,3,0\n"),
        Text.Utf8("https://a.b\r\n\"date\";\"open\";\"high\";\"low\";\"close\";\"volume\"\r\n2017-08-17;1;1;1;1;1\r\n2017-08-16;1;1;1;1;1\r\n"),
        Text.Gzip(Text.Utf8(Text.Sound)),
        Text.Zip(("a.csv", Text.Utf8(Text.Sound))),
    ];

    [Fact]
    public void Read_AnyBytes_GivesCandlesOrAnErrorWithTheFile() =>
        Gen.Byte.Array[0, 400].Sample(Check, iter: 400 * Rounds);

    [Fact]
    public void Read_AnyLetters_GivesCandlesOrAnErrorWithTheFile() =>
        Gen.Char["0123456789,.;\n\"-eTZ \rNa"].Array[0, 300].Sample(letters => Check(Text.Utf8(Text.Sound[..39] + new string(letters))), iter: 400 * Rounds);

    [Fact]
    public void Read_SoundFileWithBytesChanged_GivesCandlesOrAnErrorWithTheFile() =>
        Gen.Select(Gen.Int[0, Seeds.Length - 1], Gen.Select(Gen.Int[0, 1000], Gen.Byte, Gen.Int[0, 2]).Array[1, 8]).Sample((seed, edits) =>
        {
            var bytes = Seeds[seed].ToList();
            foreach (var (at, value, kind) in edits)
            {
                var place = at % (bytes.Count + 1);
                if (kind == 0 || place == bytes.Count)
                    bytes.Insert(place, value);
                else if (kind == 1)
                    bytes[place] = value;
                else
                    bytes.RemoveAt(place);
            }

            Check([.. bytes]);
        }, iter: 1000 * Rounds);

    private static void Check(byte[] bytes)
    {
        try
        {
            var (series, report) = Text.Read(bytes, new CandleFileOptions { MaxRowBytes = 64, MaxBytes = 100_000 });
            Assert.Equal(report.Rows, report.BadRows + series.Count);
            Assert.Equal(report.BadRows, report.BadRowsByKind.Values.Sum());
            // Checks order and grid.
            var candles = Candles.All(CandleSeries.Create(series.Timeframe, series.Source, Candles.All(series)));
            Assert.NotEmpty(candles);
            Assert.All(candles, candle => Assert.True(
                candle.Low > 0 && candle.Low <= Math.Min(candle.Open, candle.Close) && candle.High >= Math.Max(candle.Open, candle.Close) && double.IsFinite(candle.High) && candle.Volume >= 0 && double.IsFinite(candle.Volume)));
        }
        catch (CandleFileException error)
        {
            Assert.StartsWith("x.csv:", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }
}
