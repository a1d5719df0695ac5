using Omega.TestKit;

namespace Omega.Trading.Tests.Market.Files;

public sealed class CandleFileBoundsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_PackedFileThatGrowsWithoutEnd_StopsAtTheBound()
    {
        var bomb = new byte[20_000_000];
        Array.Fill(bomb, (byte)'\n');
        Text.Utf8(Text.Sound).CopyTo(bomb, 0);
        foreach (var packed in (byte[][])[Text.Gzip(bomb), Text.Zip(("a.csv", bomb))])
        {
            Assert.True(packed.Length < 200_000);
            var error = Assert.Throws<CandleFileException>(() => Text.Read(packed, new CandleFileOptions { MaxBytes = 1_000_000 }));
            Assert.Contains("The file holds more than 1,000,000 bytes after inflation, the most that are read.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_MoreRowsThanAllowed_IsRefusedAtThatLine() =>
        Assert.StartsWith("x.csv:4: The file has more than 2 rows, the most that are read.", Text.Refused(Text.Sound, new CandleFileOptions { MaxRows = 2 }).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_CutOrDamagedPacking_IsAnErrorAtEveryByte()
    {
        var text = Text.Utf8(Text.Sound + string.Concat(Enumerable.Range(3, 200).Select(i => $"{1502942400 + (i * 3600)},{i * 7919 % 1000 / 7.0 + 1000},2000,100,{i * 104729 % 1000 / 3.0 + 500},1\n")));
        foreach (var packed in (byte[][])[Text.Gzip(text), Text.Zip(("a.csv", text))])
        {
            Assert.Equal(203, Text.Read(packed).Series.Count);
            for (var cut = 4; cut < packed.Length; cut += cut < packed.Length - 40 ? 37 : 1)
                Assert.Throws<CandleFileException>(() => Text.Read(packed[..cut]));
        }
    }

    [Fact]
    public void Read_ArchiveWithoutOneFile_NamesWhatItHolds()
    {
        var error = Assert.Throws<CandleFileException>(() => Text.Read(Text.Zip(("a.csv", [1]), ("b.csv", [1]), ("c.csv", [1]), ("d.csv", [1]))));
        Assert.Equal("x.csv: The archive holds 4 files (a.csv, b.csv, c.csv, …); it must hold one. Unpack it and name the file.", error.Message);
        Assert.Equal("x.csv: The archive holds 0 files; it must hold one. Unpack it and name the file.", Assert.Throws<CandleFileException>(() => Text.Read(Text.Zip(("empty/", [])))).Message);
    }

    [Fact]
    public void Read_NoFileOrAFolder_SaysSo()
    {
        Assert.Equal($"{_folder.At("none.csv")}: There is no such file.", Assert.Throws<CandleFileException>(() => CandleFile.Read(_folder.At("none.csv"))).Message);
        Assert.StartsWith($"{_folder.At("no", "none.csv")}: There is no such file.", Assert.Throws<CandleFileException>(() => CandleFile.Read(_folder.At("no", "none.csv"))).Message, StringComparison.Ordinal);
        Assert.Equal($"{_folder.Path}: This is a folder. Name a file in it.", Assert.Throws<CandleFileException>(() => CandleFile.Read(_folder.Path)).Message);
        Assert.Throws<CandleFileException>(() => CandleFile.Read(""));
        Assert.Throws<CandleFileException>(() => CandleFile.Read("a\0b"));
    }

    [Fact]
    public void Read_Cancelled_StopsAndProgressTellsHowFar()
    {
        var text = "time,open,high,low,close,volume\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{1502942400 + (i * 60L)},10,12,9,11,{i}\n"));
        File.WriteAllText(_folder.At("long.csv"), text);
        using var source = new CancellationTokenSource();
        var told = new List<CandleFileProgress>();

        CandleFile.Read(_folder.At("long.csv"), null, new Told(told.Add));
        Assert.Throws<OperationCanceledException>(() => CandleFile.Read(_folder.At("long.csv"), null, new Told(_ => source.Cancel()), source.Token));

        Assert.Equal(7, told.Count);
        Assert.Equal(new CandleFileProgress(text.Length, text.Length, 100_000), told[^1]);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First.Rows < pair.Second.Rows && pair.First.Bytes <= pair.Second.Bytes));
    }

    [Fact]
    public void Options_OutOfBounds_AreRefused()
    {
        Assert.Equal("MaxRows is 0; it must be from 1 to 500000000.", Assert.Throws<TradingException>(() => new CandleFileOptions { MaxRows = 0 }).Message);
        Assert.Equal("MaxBytes is -1; it must be 1 or above.", Assert.Throws<TradingException>(() => new CandleFileOptions { MaxBytes = -1 }).Message);
        Assert.Throws<TradingException>(() => new CandleFileOptions { MaxRowBytes = 63 });
        Assert.Throws<TradingException>(() => new CandleFileOptions { MaxListedRows = -1 });
        Assert.Throws<TradingException>(() => new CandleFileOptions { Timeframe = default(Timeframe) });
    }

    private sealed class Told(Action<CandleFileProgress> tell) : IProgress<CandleFileProgress>
    {
        public void Report(CandleFileProgress value) => tell(value);
    }
}
