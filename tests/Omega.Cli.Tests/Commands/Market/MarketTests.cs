using System.Text.Json;
using Omega.Cli.Tests.Commands.Backtest;
using Omega.TestKit;
using Omega.Trading;
using Omega.Trading.Analysis;
using Omega.Trading.Feeds;

namespace Omega.Cli.Tests.Commands.Market;

public sealed class MarketTests : IDisposable
{
    private readonly CliRun _cli = new() { Time = FixedClock.Usual };

    public MarketTests()
    {
        _cli.Environment.Remove("OMEGA_FEED");
        File.WriteAllText(Candles, CandleText.Walk(600));
    }

    private string Candles => _cli.At("ethusdt-1h.csv");

    private static long Seed => new SimulatedFeedOptions().Seed;

    public void Dispose() => _cli.Dispose();

    private Task<CliResult> MarketAsync(params string[] arguments) => _cli.RunAsync(["market", .. arguments]);

    [Fact]
    public async Task Market_Nothing_IsTheSimulatedOneAndSaysSo()
    {
        var result = await MarketAsync();

        Assert.Equal(0, result.Code);
        Assert.Matches($@"^BTC/USD  [\d,.]+ USD at 2026-11-27 15:04 UTC\nSIM:{Seed}, a simulated market: its prices are made up · live\n\n +1h +4h +1d\ntrend ", result.Output);
        Assert.DoesNotContain('\e', result.Output + result.Error);
        Assert.Equal(result.Output, (await MarketAsync("--feed", $"sim:{Seed}")).Output);
        Assert.NotEqual(result.Output, (await MarketAsync("--feed", $"sim:{Seed + 1}")).Output);
    }

    [Fact]
    public async Task Market_FileAsJson_HoldsTheLibrarysReport()
    {
        var json = JsonElement.Parse((await MarketAsync("--candles", Candles, "--json", "-t", "1h,4h")).Output);

        var (series, _) = CandleFile.Read(Candles);
        var expected = MarketAnalyzer.Analyze(series, [Timeframe.H1]).Timeframes[0];
        var report = json.GetProperty("report");
        Assert.Equal(("ETH/USDT", false), (json.GetProperty("market").GetString(), json.GetProperty("simulated").GetBoolean()));
        Assert.Equal((series.Closes[^1], "ended"), (json.GetProperty("price").GetDouble(), json.GetProperty("feed").GetProperty("status").GetString()));
        Assert.Equal(["1h", "4h"], report.GetProperty("timeframes").EnumerateArray().Select(each => each.GetProperty("timeframe").GetString()));
        Assert.Equal(expected.Momentum.Rsi14, report.GetProperty("timeframes")[0].GetProperty("momentum").GetProperty("rsi_14").GetDouble());
        Assert.StartsWith("replay:", report.GetProperty("source").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_PlayedToItsEnd_GivesEachFinalCandleOnceInOrder()
    {
        var clock = new ClockDriver();
        _cli.Time = clock.Time;
        var played = (string[])["--feed", $"replay:{Candles}", "--replay-from", "2024-01-25T20:00"];

        var text = await clock.RunAsync(MarketAsync(["--watch", "-t", "1h", .. played]));
        var json = await clock.RunAsync(MarketAsync(["--watch", "--json", "-t", "1h", .. played]));

        Assert.Equal((0, 0), (text.Code, json.Code));
        Assert.Equal(["2024-01-25 20:00", "2024-01-25 21:00", "2024-01-25 22:00", "2024-01-25 23:00"], text.Lines.Skip(1).Select(line => line[..16]));
        var events = json.Lines.Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(4, events.Count(one => one.GetProperty("type").GetString() == "candle" && one.GetProperty("final").GetBoolean()));
        Assert.Equal("state", events[0].GetProperty("type").GetString());
        Assert.Equal("ended", events.Last(one => one.GetProperty("type").GetString() == "state").GetProperty("feed").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("There is no ETH/USD in SIM:3. There is: BTC/USD.", "ETH", "--feed", "sim:3")]
    [InlineData("Unknown instrument \"XYZ\"", "XYZ")]
    [InlineData("Unknown timeframe \"1hr\". Did you mean \"1h\"?", "-t", "1hr")]
    [InlineData("The timeframe 1h is named twice.", "-t", "1h,1h")]
    [InlineData("\",\" names no timeframe.", "-t", ",")]
    [InlineData("--feed is \"simm\". Did you mean sim?", "--feed", "simm")]
    [InlineData("There is no market: none was chosen.", "--feed", "none")]
    [InlineData("--feed and --candles both say which market", "--feed", "sim", "--candles", "x.csv")]
    [InlineData("--replay-speed is for a file that is played", "--replay-speed", "10")]
    public async Task Market_WrongUse_SaysWhatAndExits2(string expected, params string[] arguments)
    {
        var result = await MarketAsync(arguments);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.StartsWith("error: " + expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.csv", null)]
    [InlineData("damaged.csv", "what,is\nthis,file\n")]
    public async Task Market_FileThatCannotBeUsed_IsNamed(string name, string? text)
    {
        if (text is not null)
            await File.WriteAllTextAsync(_cli.At(name), text);

        var result = await MarketAsync("--candles", _cli.At(name));

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains(name, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Market_TimeframeBelowTheFiles_SaysWhatThereIs()
    {
        var result = await MarketAsync("--candles", Candles, "-t", "1m");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("There are no 1m candles in replay:", result.Error, StringComparison.Ordinal);
        Assert.Contains("There are: 1h, 2h, 4h, 6h, 12h, 1d, 1w.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_ChooseTheMarketAndTheCommandLineWins()
    {
        _cli.Environment["OMEGA_CANDLES"] = Candles;

        Assert.Contains("ETH/USDT from", (await MarketAsync()).Output, StringComparison.Ordinal);
        Assert.Contains("SIM:5", (await MarketAsync("--feed", "sim:5")).Output, StringComparison.Ordinal);
        _cli.Environment["OMEGA_FEED"] = "sim";
        Assert.StartsWith("error: OMEGA_FEED and OMEGA_CANDLES both say which market", (await MarketAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SaysTheMarketOrWhatIsWrongWithIt()
    {
        Assert.Contains($"SIM:{Seed}, a simulated market: its prices are made up; BTC/USD ", (await _cli.RunAsync("doctor")).Output, StringComparison.Ordinal);
        _cli.Environment["OMEGA_FEED"] = "smi";

        var wrong = await _cli.RunAsync("doctor");

        Assert.Equal(1, wrong.Code);
        Assert.Contains("OMEGA_FEED is \"smi\". Did you mean sim?", wrong.Output, StringComparison.Ordinal);
    }
}
