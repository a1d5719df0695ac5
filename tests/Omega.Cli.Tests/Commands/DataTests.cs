using System.Globalization;
using System.Text;
using System.Text.Json;
using Omega.Trading;

namespace Omega.Cli.Tests.Commands;

public sealed class DataTests : IDisposable
{
    private const string Header = "timestamp_s,open,high,low,close,volume\n";

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    private string KeptFile => Path.Combine(_cli.Home, "candles", "binance_BTC-USDT", "1h.csv");

    [Fact]
    public async Task Check_SoundFile_TellsWhatItHolds()
    {
        var result = await _cli.RunAsync("data", "check", Hours(0, 1, 2, 5, 6));

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("timeframe   1h, the most common distance", result.Lines);
        Assert.Contains("candles     5 of 5 rows", result.Lines);
        Assert.Contains("bad rows    none", result.Lines);
        Assert.Contains("gaps        1 with 2 candles missing", result.Lines);
        Assert.Contains("            2017-08-17 07:00 to 2017-08-17 08:00: 2", result.Lines);
    }

    [Fact]
    public async Task Check_BadRows_AreListedWithTheirLines()
    {
        var file = Written("bad.csv", Header + Row(0) + "1502946000,1,2,3,4,5\n" + Row(1) + Row(1) + Row(2));

        var text = await _cli.RunAsync("data", "check", file);
        var json = await _cli.RunAsync("data", "check", file, "--json");
        var strict = await _cli.RunAsync("data", "check", file, "--strict");

        Assert.Equal(0, text.Code);
        Assert.Contains("bad rows    2: 1 high below low, 1 duplicate", text.Lines);
        Assert.Contains("            line 3: The high 2 is below the low 3.", text.Lines);
        var report = JsonElement.Parse(json.Output);
        Assert.Equal((5, 3, 2), (report.GetProperty("rows").GetInt32(), report.GetProperty("candles").GetInt32(), report.GetProperty("bad_rows").GetProperty("count").GetInt32()));
        Assert.Equal([3, 5], report.GetProperty("bad_rows").GetProperty("first").EnumerateArray().Select(row => row.GetProperty("line").GetInt32()));
        Assert.Equal(("2017-08-17T04:00:00Z", "high_below_low"), (report.GetProperty("from").GetString(), report.GetProperty("bad_rows").GetProperty("first")[0].GetProperty("kind").GetString()));
        Assert.Equal((1, ""), (strict.Code, strict.Output));
        Assert.StartsWith($"error: {file}:3: The file is refused: 2 of 5 rows are bad", strict.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Unknown timeframe \"1hr\". Did you mean \"1h\"?", "data", "check", "x.csv", "--timeframe", "1hr")]
    [InlineData(2, "Unknown instrument \"BTX\". Did you mean \"BTC\"", "data", "import", "x.csv", "--instrument", "BTX")]
    [InlineData(2, "--instrument", "data", "import", "x.csv")]
    [InlineData(2, "--to", "data", "resample", "x.csv")]
    [InlineData(2, "name a file for them with -o FILE", "data", "resample", "x.csv", "--to", "4h", "--json")]
    [InlineData(1, "nowhere.csv: There is no such file.", "data", "check", "nowhere.csv")]
    public async Task Command_WrongOrMissing_SaysWhatAndFails(int code, string message, params string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TwoOverlappingFiles_KeepsAllAndWarnsOfDifferences()
    {
        var first = await _cli.RunAsync("data", "import", Hours(0, 1, 2), "--instrument", "binance:btcusdt");
        var changed = Written("more.csv", Header + Row(1) + Row(2, 77) + Row(3));
        var second = await _cli.RunAsync("data", "import", changed, "--instrument", "binance:BTC/USDT", "--json");
        var replaced = await _cli.RunAsync("data", "import", changed, "--instrument", "binance:BTC/USDT", "--replace");

        Assert.Equal((0, "binance:BTC/USDT 1h: 3 candles added, 3 kept, 2017-08-17 04:00 to 2017-08-17 06:00 UTC, 0 missing.\n"), (first.Code, first.Output));
        var import = JsonElement.Parse(second.Output);
        Assert.Equal((1, 1, 1, 4), (Number("added"), Number("unchanged"), Number("differing"), Number("candles")));
        Assert.Contains("1 kept candles differed and gave way.", replaced.Error, StringComparison.Ordinal);
        Assert.Equal([0, 1, 77, 3], CandleFile.Read(KeptFile).Series.Volumes.ToArray());

        int Number(string name) => import.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Import_KeptFileOfAnotherInstrument_IsRefusedAndLeft()
    {
        await _cli.RunAsync("data", "import", Hours(0, 1), "--instrument", "binance:BTCUSDT");
        var text = (await File.ReadAllTextAsync(KeptFile)).Replace("binance:", "kraken:", StringComparison.Ordinal);
        await File.WriteAllTextAsync(KeptFile, text);

        var result = await _cli.RunAsync("data", "import", Hours(2, 3), "--instrument", "binance:BTCUSDT");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("Candles of different sources do not mix", result.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(KeptFile));
    }

    [Fact]
    public async Task Resample_ToFileOrOutput_WritesTheSameCandles()
    {
        var hours = Hours([.. Enumerable.Range(0, 20).Where(i => i != 6)]);

        var output = await _cli.RunAsync("data", "resample", hours, "--to", "4h");
        var file = await _cli.RunAsync("data", "resample", hours, "--to", "4h", "-o", _cli.At("4h.csv"));
        var json = await _cli.RunAsync("data", "resample", hours, "--to", "4h", "-o", _cli.At("4h.csv.gz"), "--json");

        Assert.Equal(["time,open,high,low,close,volume,parts", "2017-08-17T04:00:00Z,10,12,9,11,6,4", "2017-08-17T08:00:00Z,10,12,9,11,16,3"], output.Lines[..3]);
        Assert.Equal((0, "", output.Output), (file.Code, file.Output, await File.ReadAllTextAsync(_cli.At("4h.csv"))));
        Assert.Equal($"Wrote {_cli.At("4h.csv")}: 5 candles of 4h from 19 of 1h, 1 of them incomplete (parts below 4).", file.Error.TrimEnd());
        Assert.Equal((5, 1), (JsonElement.Parse(json.Output).GetProperty("candles").GetInt32(), JsonElement.Parse(json.Output).GetProperty("incomplete").GetInt32()));
        Assert.Equal(CandleFile.Read(_cli.At("4h.csv")).Report.Sha256, CandleFile.Read(_cli.At("4h.csv.gz")).Report.Sha256);
    }

    [Fact]
    public async Task Resample_NothingComplete_WritesNothing()
    {
        var result = await _cli.RunAsync("data", "resample", Hours(0, 1, 2), "--to", "1d", "-o", _cli.At("1d.csv"));

        Assert.Equal(1, result.Code);
        Assert.Contains("holds no complete 1d candle: 3 of 1h.", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_cli.At("1d.csv")));
    }

    private string Hours(params int[] hours) => Written("hours.csv", Header + string.Concat(hours.Select(hour => Row(hour))));

    private static string Row(int hour, int? volume = null) => string.Create(CultureInfo.InvariantCulture, $"{1502942400 + (hour * 3600)},10,12,9,11,{volume ?? hour}\n");

    private string Written(string name, string text)
    {
        File.WriteAllText(_cli.At(name), text, Encoding.UTF8);
        return _cli.At(name);
    }
}
