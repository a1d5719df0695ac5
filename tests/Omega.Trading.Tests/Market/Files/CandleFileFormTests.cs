using System.Text;

namespace Omega.Trading.Tests.Market.Files;

/// <summary>Every form in which the same three candles may come.</summary>
public sealed class CandleFileFormTests
{
    [Theory]
    [InlineData("timestamp_s,open,high,low,close,volume\n1502942400,10,12,9,11,5\n1502946000,11,13,10,12,6\n1502949600,12,14,11,13,7", "no line end at the end")]
    [InlineData("time,open,close,high,low,volume\n1502942400000,10,11,12,9,5\n1502946000000,11,12,13,10,6\n1502949600000,12,13,14,11,7\n", "another order of columns")]
    [InlineData("volume,Close,LOW,High,Open,Date\n5,11,9,12,10,2017-08-17 04:00:00\n6,12,10,13,11,2017-08-17 05:00:00\n7,13,11,14,12,2017-08-17 06:00:00\n", "reversed columns, ISO")]
    [InlineData("\uFEFF\"Open Time\",\"Open\",\"High\",\"Low\",\"Close\",\"Volume\"\r\n\"2017-08-17T04:00:00Z\",\"10\",\"12\",\"9\",\"11\",\"5\"\r\n\"2017-08-17T05:00:00Z\",\"11\",\"13\",\"10\",\"12\",\"6\"\r\n\"2017-08-17T06:00:00Z\",\"12\",\"14\",\"11\",\"13\",\"7\"\r\n", "BOM, quotes, CRLF")]
    [InlineData("https://www.example.com/data\nunix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount\n1502949600000,2017-08-17 06:00:00,BTC/USDT,12,14,11,13,7,99,1\n1502946000000,2017-08-17 05:00:00,BTC/USDT,11,13,10,12,6,99,1\n1502942400000,2017-08-17 04:00:00,BTC/USDT,10,12,9,11,5,99,1\n", "URL line, newest first")]
    [InlineData("1502942400000,10,12,9,11,5,1502945999999,99,1,2,3,0\n1502946000000,11,13,10,12,6,1502949599999,99,1,2,3,0\n1502949600000,12,14,11,13,7,1502953199999,99,1,2,3,0\n", "archive, milliseconds")]
    [InlineData("1502942400000000,10,12,9,11,5,1502945999999999,99,1,2,3,0\n1502946000000000,11,13,10,12,6,1502949599999999,99,1,2,3,0\n1502949600000000,12,14,11,13,7,1502953199999999,99,1,2,3,0\n", "archive, microseconds")]
    [InlineData("1502942400000,10,12,9,11,5,1502945999999,99,1,2,3,0\n1502946000000000,11,13,10,12,6,1502949599999999,99,1,2,3,0\n1502949600,12,14,11,13,7,1502953199,99,1,2,3,0\n", "archive, units mixed")]
    [InlineData("1502942400,10,12,9,11,5,80\n1502946000,11,13,10,12,6,81\n1502949600,12,14,11,13,7,82\n", "no header, number of trades")]
    [InlineData("open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n1502942400000,10,12,9,11,5,1502945999999,99,1,2,3,0\n1502946000000,11,13,10,12,6,1502949599999,99,1,2,3,0\n1502949600000,12,14,11,13,7,1502953199999,99,1,2,3,0\n", "archive with a header")]
    [InlineData("Timestamp;Open;High;Low;Close;Volume\n1502942400;10;12;9;11;5\n1502946000;11;13;10;12;6\n1502949600;12;14;11;13;7\n", "semicolons")]
    [InlineData("t\to\th\tl\tc\tv\n1502942400\t10\t12\t9\t11\t5\n1502946000\t11\t13\t10\t12\t6\n1502949600\t12\t14\t11\t13\t7\n", "tabs, short names")]
    [InlineData("# a comment\n\nname,time,open,high,low,close,volume\n\"BTC,USD\",1502942400,10,12,9,11,5\n\n\"BTC,USD\",1502946000,11,13,10,12,6\n  \n\"BTC,USD\",1502949600,12,14,11,13,7\n\n", "comment, blank lines, commas in quotes")]
    [InlineData("time, open, high, low, close, volume\n1502942400, 10, 1.2e1, 9.0, +11, 5\n1502946000, 11, 13, 10, 12, 6\n1502949600, 12, 14, 11, 13, 7\n", "spaces, exponents")]
    public void Read_Form_GivesTheSameCandles(string text, string form)
    {
        var (series, report) = Text.Read(text);

        Assert.Equal(Text.SoundCandles, Candles.All(series));
        Assert.Equal((Timeframe.H1, true), (series.Timeframe, report.IsTimeframeInferred));
        Assert.Equal((3, 3, 0), (report.Rows, report.Candles, report.BadRows));
        Assert.Equal(form.Contains("newest first", StringComparison.Ordinal), report.WasReversed);
        Assert.Equal(series.ComputeSha256(), report.Sha256);
        Assert.Equal(Text.Read(Text.Sound).Report.Sha256, report.Sha256);
        Assert.Equal(("replay:" + report.Sha256[..16], report.Source), (series.Source, series.Source));
    }

    [Fact]
    public void Read_Packed_GivesTheSameCandlesFromFilesAndPipes()
    {
        var plain = Text.Utf8(Text.Sound);
        (byte[] Bytes, CandleFilePacking Packing)[] files =
        [
            (plain, CandleFilePacking.None),
            (Text.Gzip(plain), CandleFilePacking.Gzip),
            ([.. Text.Gzip(plain[..60]), .. Text.Gzip(plain[60..])], CandleFilePacking.Gzip),
            (Text.Zip(("BTCUSDT-1h.csv", plain)), CandleFilePacking.Zip),
            (Text.Zip(("folder/", []), ("folder/a.csv", plain), ("__MACOSX/folder/._a.csv", [1]), ("a.csv.CHECKSUM", [2])), CandleFilePacking.Zip),
        ];
        foreach (var (bytes, packing) in files)
        {
            using var pipe = new OneByteStream(bytes);
            foreach (var (series, report) in (CandleFileResult[])[Text.Read(bytes), CandleFile.Read(pipe, "pipe")])
            {
                Assert.Equal(Text.SoundCandles, Candles.All(series));
                Assert.Equal((packing, plain.Length), (report.Packing, report.Bytes));
            }
        }
    }

    [Fact]
    public void Read_Report_TellsWhatTheFileIs()
    {
        var (_, report) = Text.Read("https://www.example.com\nunix,open,close,high,low,volume\n1502949600,12,13,14,11,7\n1502938800,12,13,14,11,7\n1502935200000,12,13,14,11,7\n", new CandleFileOptions { Source = "kraken:BTC/USD" });

        Assert.Equal(["time", "open", "close", "high", "low", "volume"], report.Columns);
        Assert.Equal(("x.csv", true, true, CandleTimeForms.Seconds | CandleTimeForms.Milliseconds), (report.File, report.HasHeader, report.WasReversed, report.TimeForms));
        Assert.Equal(("2017-08-17T02:00:00Z", "2017-08-17T06:00:00Z"), (IsoTime.Format(report.From.ToUnixTimeMilliseconds()), IsoTime.Format(report.To.ToUnixTimeMilliseconds())));
        Assert.Equal((2, 2), (report.Missing, Assert.Single(report.MissingRanges).Count));
        Assert.Equal("kraken:BTC/USD", report.Source);
        Assert.Equal("Line 1 above the data was skipped: https://www.example.com", Assert.Single(report.Notes));
    }

    [Theory]
    [InlineData("time,open,high,low,volume\n1502942400,1,1,1,1\n", 1, "There is no column for the close among: \"time\", \"open\", \"high\", \"low\", \"volume\". Name it \"close\".")]
    [InlineData("time,open,high,low,close\n1502942400,1,1,1,1\n", 1, "There is no column for the volume among:")]
    [InlineData("\nwhen,open,high,low,close,volume\n1502942400,1,1,1,1,1\n", 2, "There is no column for the time among: \"when\"")]
    [InlineData("time,open,Open,high,low,close,volume\n1502942400,1,1,1,1,1,1\n", 1, "The open has 2 columns: \"open\", \"Open\".")]
    [InlineData("hello\n", 1, "There is no column for the open among: \"hello\".")]
    [InlineData("1502942400,1,1,1,1,1,1,1\n", 1, "The first row is neither a header nor a sound candle: 1502942400,1,1,1,1,1,1,1 Without a header")]
    [InlineData("1502942400,x,1,1,1,1\n", 1, "The first row is neither a header nor a sound candle: 1502942400,x,1,1,1,1 Without a header")]
    [InlineData("", null, "The file is empty.")]
    [InlineData("\n \n", null, "The file holds no rows.")]
    [InlineData("time,open,high,low,close,volume\n", null, "The file holds no rows of data.")]
    [InlineData("time,open,high,low,close,volume\n1502942400,1,1,1,1,1\n", null, "One candle alone has no distance to tell its timeframe from.")]
    [InlineData("time,open,high,low,close,volume\n1502942400,1,1,1,1,1\n1502942820,1,1,1,1,1\n", null, "Most candles are 00:07:00 apart, which is no known timeframe")]
    public void Read_NoCandlesToBeHad_SaysWhyAndWhere(string text, int? line, string message)
    {
        var error = Text.Refused(text);

        Assert.Equal(("x.csv", line), (error.File, error.Line));
        Assert.StartsWith(line is null ? $"x.csv: {message}" : $"x.csv:{line}: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Utf16_SaysSo()
    {
        var error = Assert.Throws<CandleFileException>(() => Text.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text.Sound)]));
        Assert.Equal("x.csv:1: The text is UTF-16. Save it as UTF-8.", error.Message);
    }

    /// <summary>A pipe that gives one byte at a time.</summary>
    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
