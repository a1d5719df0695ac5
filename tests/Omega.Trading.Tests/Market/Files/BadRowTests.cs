namespace Omega.Trading.Tests.Market.Files;

public sealed class BadRowTests
{
    private const string Header = "time,open,high,low,close,volume\n";

    [Theory]
    [InlineData("1502946000,x,13,10,12,6", BadRowKind.Unparsable, "The open is \"x\", not a number.")]
    [InlineData("1502946000,11,13,10,12", BadRowKind.Unparsable, "The row has 5 columns; the volume should be in column 6.")]
    [InlineData("1502946000", BadRowKind.Unparsable, "The row has 1 column; the open should be in column 2.")]
    [InlineData("1502946000,11,13,10,12,", BadRowKind.Unparsable, "The volume is \"\", not a number.")]
    [InlineData("yesterday,11,13,10,12,6", BadRowKind.Unparsable, "The time is \"yesterday\", not a time in seconds, milliseconds, microseconds or ISO 8601.")]
    [InlineData("1502946000,\"11,0\",13,10,12,6", BadRowKind.Unparsable, "The open is \"11\uFFFD0\", not a number.")]
    [InlineData("1502946000,\u001b[2J,13,10,12,6", BadRowKind.Unparsable, "The open is \"\uFFFD[2J\", not a number.")]
    [InlineData("1502946000,11,NaN,10,12,6", BadRowKind.NotFinite, "The high is \"NaN\", not a finite number.")]
    [InlineData("1502946000,11,1e999,10,12,6", BadRowKind.NotFinite, "The high is \"1e999\", not a finite number.")]
    [InlineData("1502946000,11,13,10,12,Infinity", BadRowKind.NotFinite, "The volume is \"Infinity\", not a finite number.")]
    [InlineData("1502946000,11,13,-10,12,6", BadRowKind.Negative, "The low is \"-10\"; it must be above 0.")]
    [InlineData("1502946000,0,13,0,12,6", BadRowKind.Negative, "The open is \"0\"; it must be above 0.")]
    [InlineData("1502946000,11,13,10,12,-6", BadRowKind.Negative, "The volume is \"-6\"; it must be 0 or above.")]
    [InlineData("1502946000,11,10,13,12,6", BadRowKind.HighBelowLow, "The high 10 is below the low 13.")]
    [InlineData("1502946000,9.5,13,10,12,6", BadRowKind.OutsideRange, "The open 9.5 lies outside the range from 10 to 13.")]
    [InlineData("1502946000,11,13,10,13.5,6", BadRowKind.OutsideRange, "The close 13.5 lies outside the range from 10 to 13.")]
    [InlineData("1502942400,11,13,10,12,6", BadRowKind.Duplicate, "The time 2017-08-17T04:00:00Z stands in line 2 already; that row stays.")]
    [InlineData("1502938800,11,13,10,12,6", BadRowKind.OutOfOrder, "The time 2017-08-17T03:00:00Z does not fit between those of the rows around it.")]
    [InlineData("1502946001,11,13,10,12,6", BadRowKind.OffGrid, "The time 2017-08-17T05:00:01Z is not the start of a 1h period.")]
    public void Read_BadRow_IsLeftOutCountedAndListed(string row, BadRowKind kind, string reason)
    {
        var text = $"{Header}1502942400,10,12,9,11,5\n{row}\n1502949600,12,14,11,13,7\n1502953200,12,14,11,13,8\n1502956800,12,14,11,13,9\n";
        var (series, report) = Text.Read(text);

        Assert.Equal([5, 7, 8, 9], series.Volumes.ToArray());
        Assert.Equal((5, 4, 1), (report.Rows, report.Candles, report.BadRows));
        Assert.Equal(new BadRow(3, kind, reason), Assert.Single(report.ListedRows));
        Assert.Equal((kind, 1), (Assert.Single(report.BadRowsByKind).Key, report.BadRowsByKind[kind]));

        var error = Text.Refused(text, new CandleFileOptions { Strict = true });
        Assert.Equal($"x.csv:3: The file is refused: 1 of 5 rows is bad, and strict reading was asked for. The first: {reason}", error.Message);
        Assert.Equal(report.ListedRows, error.BadRows);
    }

    [Fact]
    public void Read_ZeroVolumeAndFlatPrices_AreSound()
    {
        var (series, report) = Text.Read($"{Header}1502942400,1e-8,1e-8,1e-8,1e-8,0\n1502946000,1e9,1e9,1e9,1e9,0\n");
        Assert.Equal((0, 2), (report.BadRows, series.Count));
    }

    [Fact]
    public void Read_RowTooLong_IsSkippedWhereverTheBufferEnds()
    {
        foreach (var length in (int[])[65, 100, 300_000, 1_000_000])
        {
            var text = $"{Header}1502942400,10,12,9,11,5\n{new string('7', length)}\n1502946000,11,13,10,12,6\n{new string('8', length)}";
            var (series, report) = Text.Read(text, new CandleFileOptions { MaxRowBytes = 64 });

            Assert.Equal([5, 6], series.Volumes.ToArray());
            Assert.Equal([new BadRow(3, BadRowKind.TooLong, "The row is longer than 64 bytes."), new(5, BadRowKind.TooLong, "The row is longer than 64 bytes.")], report.ListedRows);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Read_OneTimeFarAhead_CostsThatRowAlone(int direction)
    {
        // Nine hours, the third of them with the year mistyped: as files come, and newest first.
        var rows = Enumerable.Range(0, 9).Select(i => $"{(i == 2 ? "2117" : "2017")}-08-17T0{i}:00:00Z,10,12,9,11,{i}");
        var (series, report) = Text.Read(Header + string.Join('\n', direction > 0 ? rows : rows.Reverse()));

        Assert.Equal([0, 1, 3, 4, 5, 6, 7, 8], series.Volumes.ToArray());
        Assert.Equal(direction > 0 ? 4 : 8, Assert.Single(report.ListedRows).Line);
        Assert.Equal((BadRowKind.OutOfOrder, direction < 0), (report.ListedRows[0].Kind, report.WasReversed));
    }

    [Fact]
    public void Read_DuplicatesInANewestFirstFile_TheFirstInTheFileStays()
    {
        var (series, report) = Text.Read($"{Header}1502949600,10,12,9,11,1\n1502946000,10,12,9,11,2\n1502946000,10,12,9,11,3\n1502942400,10,12,9,11,4\n1502949600,10,12,9,11,5\n");

        Assert.Equal([4, 2, 1], series.Volumes.ToArray());
        Assert.Equal([4L, 6L], report.ListedRows.Select(row => row.Line));
        Assert.True(report.WasReversed);
    }

    [Fact]
    public void Read_ManyBadRows_ListsTheFirstOfEachKindAndCountsAll()
    {
        var bad = string.Concat(Enumerable.Range(0, 50).Select(_ => "x,1,1,1,1,1\n1502946000,1,1,1,1,-1\n"));
        var (_, report) = Text.Read(Text.Sound + bad, new CandleFileOptions { MaxListedRows = 3 });

        Assert.Equal((103, 100), (report.Rows, report.BadRows));
        Assert.Equal((50, 50), (report.BadRowsByKind[BadRowKind.Unparsable], report.BadRowsByKind[BadRowKind.Negative]));
        Assert.Equal([5L, 6, 7, 8, 9, 10], report.ListedRows.Select(row => row.Line));
    }

    [Fact]
    public void Read_NothingButBadRows_SaysSoWithTheFirst()
    {
        var error = Text.Refused($"{Header}1,1,1,1,1,1\n2,1,1,1,1,1\n");
        Assert.Equal("x.csv:2: None of the 2 rows is a candle. The first: The time is \"1\", not a time in seconds, milliseconds, microseconds or ISO 8601.", error.Message);
    }

    [Fact]
    public void Read_TimeframeGiven_IsHeldToTheFile()
    {
        Assert.Equal(Timeframe.H1, Text.Read($"{Header}1502942400,1,1,1,1,1\n", new CandleFileOptions { Timeframe = Timeframe.H1 }).Series.Timeframe);

        var (series, report) = Text.Read(Text.Sound, new CandleFileOptions { Timeframe = Timeframe.M1 });
        Assert.Equal((Timeframe.M1, 118, false), (series.Timeframe, report.Missing, report.IsTimeframeInferred));
        Assert.Equal("Most candles are 1h apart, farther than the timeframe 1m that was asked for.", Assert.Single(report.Notes));

        Assert.Equal("x.csv: Most candles are 1h apart, so these are not 4h candles. Read them as they are and resample them.", Text.Refused(Text.Sound, new CandleFileOptions { Timeframe = Timeframe.H4 }).Message);
    }
}
