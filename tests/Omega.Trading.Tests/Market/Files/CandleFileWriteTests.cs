using System.Text;
using CsCheck;
using Omega.TestKit;

namespace Omega.Trading.Tests.Market.Files;

public sealed class CandleFileWriteTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_AnySeries_ReadsBackToTheBit() =>
        Gen.Int[0, Timeframe.All.Count - 1].SelectMany(i => Candles.Series(Timeframe.All[i], 60)).Where(series => series.Count > 0).Sample(series =>
        {
            using var file = new MemoryStream();
            CandleFile.Write(file, series);
            file.Position = 0;
            var (read, report) = CandleFile.Read(file, "x", new CandleFileOptions { Timeframe = series.Timeframe, Strict = true });

            Assert.Equal(Candles.All(series), Candles.All(read));
            Assert.Equal(series.ComputeSha256(), report.Sha256);
            Assert.Equal(series.MissingRanges, report.MissingRanges);
        }, iter: 200);

    [Fact]
    public void Write_Series_IsReadableText()
    {
        using var file = new MemoryStream();
        CandleFile.Write(file, Candles.At(Timeframe.H1, 0, 1, 3, 4, 5, 6, 7).Resample(Timeframe.Parse("2h")));
        Assert.Equal("time,open,high,low,close,volume,parts\n1970-01-01T00:00:00Z,100,102,99,101.5,1,2\n1970-01-01T02:00:00Z,102,103,101,102.5,2,1\n1970-01-01T04:00:00Z,103,105,102,104.5,7,2\n1970-01-01T06:00:00Z,105,107,104,106.5,11,2\n", Encoding.UTF8.GetString(file.ToArray()));
    }

    [Theory]
    [InlineData("a.csv", CandleFilePacking.None)]
    [InlineData("a.csv.gz", CandleFilePacking.Gzip)]
    public void Write_Path_ReplacesTheFileWhole(string name, CandleFilePacking packing)
    {
        var series = Candles.At(Timeframe.H1, [.. Enumerable.Range(0, 5000).Select(i => (long)i)]);
        File.WriteAllText(_folder.At(name), "old");

        CandleFile.Write(_folder.At(name), series);

        var (read, report) = CandleFile.Read(_folder.At(name));
        Assert.Equal((series.ComputeSha256(), packing), (read.ComputeSha256(), report.Packing));
        Assert.Equal([_folder.At(name)], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_CancelledOrImpossible_LeavesTheOldFileAndNothingElse()
    {
        var series = Candles.At(Timeframe.H1, [.. Enumerable.Range(0, 5000).Select(i => (long)i)]);
        File.WriteAllText(_folder.At("a.csv"), "old");
        Directory.CreateDirectory(_folder.At("folder"));

        Assert.Throws<OperationCanceledException>(() => CandleFile.Write(_folder.At("a.csv"), series, new CancellationToken(canceled: true)));
        var missing = Assert.Throws<CandleFileException>(() => CandleFile.Write(_folder.At("no", "a.csv"), series));
        Assert.Throws<CandleFileException>(() => CandleFile.Write(_folder.At("folder"), series));

        Assert.Equal($"{_folder.At("no", "a.csv")}: The folder does not exist.", missing.Message);
        Assert.Equal("old", File.ReadAllText(_folder.At("a.csv")));
        Assert.Equal([_folder.At("a.csv")], Directory.GetFiles(_folder.Path));
    }
}
