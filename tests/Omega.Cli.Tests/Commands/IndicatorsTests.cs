using System.Globalization;
using System.Text;
using System.Text.Json;
using Omega.Trading.Indicators;

namespace Omega.Cli.Tests.Commands;

public sealed class IndicatorsTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("indicators", "list")]
    [InlineData("indicators")]
    public async Task List_All_AreThereWithTheirUsualValues(params string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);

        Assert.Equal(0, result.Code);
        Assert.Equal(IndicatorCatalog.All.Count + 1, result.Lines.Length);
        Assert.Contains(result.Lines, line => line.StartsWith("macd:12,26,9 ", StringComparison.Ordinal) && line.Contains("line signal histogram", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_Json_TellsParametersColumnsAndWarmUp()
    {
        var result = await _cli.RunAsync("indicators", "list", "--json");

        var all = JsonElement.Parse(result.Output).EnumerateArray().ToList();
        Assert.Equal(IndicatorCatalog.All.Count, all.Count);
        var bollinger = all.Single(indicator => indicator.GetProperty("indicator").GetString() == "bollinger");
        Assert.Equal(("series", 19, false), (bollinger.GetProperty("reads").GetString(), bollinger.GetProperty("warm_up_bars").GetInt32(), bollinger.GetProperty("warm_up_depends_on_data").GetBoolean()));
        Assert.Equal(["bollinger_20_2_lower", "bollinger_20_2_middle", "bollinger_20_2_upper"], bollinger.GetProperty("columns").EnumerateArray().Select(column => column.GetString()));
        var deviations = bollinger.GetProperty("parameters")[1];
        Assert.Equal(("deviations", 2.0, false), (deviations.GetProperty("name").GetString(), deviations.GetProperty("default").GetDouble(), deviations.GetProperty("integer").GetBoolean()));
    }

    [Fact]
    public async Task Indicators_NoFile_SaysWhatTheyAre()
    {
        var result = await _cli.RunAsync("indicators", "ema:12", "pivots");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("values      length 12: a whole number from 1 to 5000, usually 20", result.Lines);
        Assert.Contains("columns     ema_12", result.Lines);
        Assert.Contains("warm-up     11 bars", result.Lines);
        Assert.Contains("warm-up     1 bar at least", result.Lines);
    }

    [Fact]
    public async Task Indicators_Csv_HasEveryBarEmptyDuringWarmUpAndReadsBackToTheBit()
    {
        var result = await _cli.RunAsync("indicators", "sma:3", "macd:2,3,2", "--candles", Candles(8), "--csv");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal("time,sma_3,macd_2_3_2_line,macd_2_3_2_signal,macd_2_3_2_histogram", result.Lines[0]);
        Assert.Equal(9, result.Lines.Length);
        Assert.Equal("2017-08-17T04:00:00Z,,,,", result.Lines[1]);
        Assert.Equal("2017-08-17T05:00:00Z,,,,", result.Lines[2]);
        var stream = IndicatorCatalog.Parse("sma:3").Start();
        for (var i = 0; i < 8; i++)
        {
            var expected = stream.Next(default, Close(i));
            Assert.Equal(double.IsNaN(expected) ? "" : expected.ToString("R", CultureInfo.InvariantCulture), result.Lines[i + 1].Split(',')[1]);
        }
    }

    [Fact]
    public async Task Indicators_CsvOfManyBars_IsWrittenInPiecesWithoutLoss()
    {
        var result = await _cli.RunAsync("indicators", "ema:5", "rsi", "--candles", Candles(5000), "--csv");

        Assert.Equal(5001, result.Lines.Length);
        Assert.All(result.Lines, line => Assert.Equal(2, line.Count(c => c == ',')));
        Assert.Equal(result.Lines.Skip(1).Order(StringComparer.Ordinal), result.Lines.Skip(1));
    }

    [Fact]
    public async Task Indicators_Json_HasNullsAndSaysWhy()
    {
        var result = await _cli.RunAsync("indicators", "sma:3", "sma:50", "--candles", Candles(4), "--json", "--last", "2");

        Assert.Equal((0, ""), (result.Code, result.Error));
        var json = JsonElement.Parse(result.Output);
        Assert.Equal(("1h", 4), (json.GetProperty("timeframe").GetString(), json.GetProperty("bars").GetInt32()));
        Assert.StartsWith("replay:", json.GetProperty("source").GetString(), StringComparison.Ordinal);
        var rows = json.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["2017-08-17T06:00:00Z", "2017-08-17T07:00:00Z"], rows.Select(row => row.GetProperty("time").GetString()));
        Assert.All(rows, row => Assert.Equal((JsonValueKind.Number, JsonValueKind.Null), (row.GetProperty("sma_3").ValueKind, row.GetProperty("sma_50").ValueKind)));
        Assert.Equal("sma:50 needs 49 bars before its first full set of values; the file has 4.", Assert.Single(json.GetProperty("notes").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Indicators_Table_ShowsTheLastBarsAndSaysSo()
    {
        var result = await _cli.RunAsync("indicators", "highest:2", "--candles", Candles(30));

        Assert.Equal(0, result.Code);
        Assert.Equal(21, result.Lines.Length);
        Assert.Matches("^time \\(UTC\\) +highest_2$", result.Lines[0]);
        Assert.StartsWith("2017-08-18 09:00 ", result.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("The last 20 of 30 bars of 1h", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Unknown indicator \"emaa\". Did you mean \"ema\"?", "emaa")]
    [InlineData(2, "ema: length is 0; allowed: a whole number from 1 to 5000.", "ema:0")]
    [InlineData(2, "ema:12 stands there twice.", "ema:12", "rsi", "ema:12")]
    [InlineData(2, "Name a file of candles with --candles FILE.", "ema", "--csv")]
    [InlineData(2, "Name an indicator", "--candles", "x.csv")]
    [InlineData(2, "--csv and --json are two forms of the same", "ema", "--candles", "x.csv", "--csv", "--json")]
    [InlineData(2, "--last is 0", "ema", "--candles", "x.csv", "--last", "0")]
    [InlineData(2, "Did you mean --candles?", "ema", "--candels", "x.csv")]
    [InlineData(1, "nowhere.csv: There is no such file.", "ema", "--candles", "nowhere.csv")]
    public async Task Indicators_WrongOrMissing_SaysWhatAndFails(int code, string message, params string[] arguments)
    {
        var result = await _cli.RunAsync(["indicators", .. arguments]);

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static double Close(int i) => (i + 1) * (i + 1) / 3.0;

    private string Candles(int count)
    {
        var text = new StringBuilder("timestamp_s,open,high,low,close,volume\n");
        for (var i = 0; i < count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{1502942400 + (3600 * i)},{Close(i):R},{Close(i):R},{Close(i):R},{Close(i):R},1\n");
        var path = _cli.At("candles.csv");
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
