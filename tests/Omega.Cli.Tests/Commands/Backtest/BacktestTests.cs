using System.Text.Json;
using System.Xml.Linq;
using Omega.Cli.Tests.Commands.Strategies;
using Omega.Trading.Strategies;

namespace Omega.Cli.Tests.Commands.Backtest;

public sealed class BacktestTests : IDisposable
{
    private readonly CliRun _cli = new();

    public BacktestTests()
    {
        File.WriteAllText(_cli.At("rising.json"), CandleText.Rising);
        File.WriteAllText(_cli.At("four.csv"), CandleText.FourBars);
        File.WriteAllText(_cli.At("walk.csv"), CandleText.Walk(2_000));
    }

    public static TheoryData<string> Strategies => [.. BuiltInStrategies.All.Select(spec => spec.Name), .. SampleStrategies.Files];

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Backtest_OneTradeByHand_IsATableForPeople()
    {
        var result = await RunAsync("four.csv", "--strategy", "rising.json", "--fee", "0", "--instrument", "binance:BTCUSDT");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("strategy      rising", result.Lines);
        Assert.Contains("parameters    least 0", result.Lines);
        Assert.Contains("cash          10,000.00 USDT", result.Lines);
        Assert.Contains("window        2024-01-01 00:00 to 2024-01-01 04:00 UTC, 4 bars of 1h, none missing", result.Lines);
        Assert.Contains("costs         fee 0 bps, slippage 0 bps, no shorts; decided at a close, filled from the next open on", result.Lines);
        Assert.Contains(result.Lines, line => Words(line) == "rising buy and hold");
        Assert.Contains(result.Lines, line => Words(line) == "final equity, USDT 10,396.04 10,297.03");
        Assert.Contains(result.Lines, line => Words(line) == "closed trades 1 0");
        Assert.Contains(result.Lines, line => Words(line) == "total return above it +0.99 %");
        Assert.Contains("  cagr: it needs 30 days, the window has 0.17.", result.Lines);
    }

    [Fact]
    public async Task Backtest_Json_HasTheFiguresAndTheSeriesWhenAskedFor()
    {
        var plain = JsonElement.Parse((await RunAsync("four.csv", "--strategy", "rising.json", "--fee", "0", "--json")).Output);
        var series = JsonElement.Parse((await RunAsync("four.csv", "--strategy", "rising.json", "--fee", "0", "--json", "--series")).Output);

        Assert.Equal(("10396.0396", "10297.0297"), (plain.GetProperty("final_equity").GetString(), plain.GetProperty("buy_and_hold").GetProperty("final_equity").GetString()));
        Assert.False(plain.TryGetProperty("trade_list", out _));
        Assert.Equal(105, Assert.Single(series.GetProperty("trade_list").EnumerateArray()).GetProperty("exit_price").GetDecimal());
        Assert.Equal(4, series.GetProperty("equity_curve").GetArrayLength());
    }

    [Theory]
    [InlineData("trades", "side,opened_at,", 2)]
    [InlineData("equity", "time,equity,drawdown,buy_and_hold", 5)]
    public async Task Backtest_Csv_IsHeaderAndRows(string what, string header, int lines)
    {
        var result = await RunAsync("four.csv", "--strategy", "rising.json", "--csv", what);
        Assert.Equal((0, "", lines), (result.Code, result.Error, result.Lines.Length));
        Assert.StartsWith(header, result.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_Options_ReachTheRun()
    {
        var result = await RunAsync("walk.csv", "--strategy", "ema-cross", "--param", "fast=5", "slow=9", "--timeframe", "4h", "--from", "2024-02-01", "--to", "2024-03-01T12:00", "--cash", "500", "--fee", "5bps", "--slippage", "0.02%", "--allow-short", "--instrument", "BTC/EUR", "--tick", "0.5", "--json");

        Assert.Equal((0, ""), (result.Code, result.Error));
        var report = JsonElement.Parse(result.Output);
        Assert.Equal(("4h", "2024-02-01T00:00:00Z", "2024-03-01T12:00:00Z", "500.00", "BTC/EUR"), (Text("timeframe"), Text("from"), Text("to"), Text("initial_cash"), Text("instrument")));
        Assert.Equal((5, 9), (report.GetProperty("parameters").GetProperty("fast").GetInt32(), report.GetProperty("parameters").GetProperty("slow").GetInt32()));
        var costs = report.GetProperty("costs");
        Assert.Equal((0.0005m, 0.0005m, 0.0002m, 0.5m, true), (costs.GetProperty("taker_fee").GetDecimal(), costs.GetProperty("maker_fee").GetDecimal(), costs.GetProperty("slippage").GetDecimal(), costs.GetProperty("tick").GetDecimal(), costs.GetProperty("allow_short").GetBoolean()));

        string? Text(string name) => report.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Backtest_Html_IsWrittenBesideTheTable()
    {
        var page = _cli.At("report.html");
        var result = await RunAsync("walk.csv", "--strategy", "donchian", "--html", page);

        Assert.Equal((0, $"Wrote {page}.\n"), (result.Code, result.Error.ReplaceLineEndings("\n")));
        Assert.Contains(result.Lines, line => line.StartsWith("strategy ", StringComparison.Ordinal));
        Assert.Contains("donchian on 1h candles", XDocument.Load(page).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_ProofHolds_IsToldAndExitsZero()
    {
        var text = await RunAsync("walk.csv", "--strategy", "ema-cross", "--to", "2024-01-15", "--prove");
        var json = await RunAsync("walk.csv", "--strategy", "ema-cross", "--to", "2024-01-15", "--prove", "--json");

        Assert.Equal((0, 0), (text.Code, json.Code));
        Assert.Contains(text.Lines, line => line.StartsWith("proof         No look-ahead:", StringComparison.Ordinal));
        Assert.Equal("holds", JsonElement.Parse(json.Output).GetProperty("lookahead_proof").GetProperty("verdict").GetString());
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Backtest_ProofOfEveryBuiltInAndSample_Holds(string strategy)
    {
        await File.WriteAllTextAsync(_cli.At("restless.csv"), CandleText.Restless(1_500));
        var result = await RunAsync("restless.csv", "--strategy", strategy.EndsWith(".json", StringComparison.Ordinal) ? SampleStrategies.At(strategy) : strategy, "--allow-short", "--prove", "--json");

        Assert.True(result.Code == 0, result.Error);
        var proof = JsonElement.Parse(result.Output).GetProperty("lookahead_proof");
        Assert.Equal("holds", proof.GetProperty("verdict").GetString());
        Assert.True(proof.GetProperty("fill_changes").GetInt32() > 0);
        Assert.Equal(proof.GetProperty("decision_changes").GetInt32() == 0, proof.GetProperty("notes").GetArrayLength() == 1);
    }

    [Fact]
    public async Task Backtest_ProofOfWhatFollowsTheClock_SaysSo()
    {
        var result = await RunAsync("walk.csv", "--strategy", "dca", "--prove");

        Assert.Equal(0, result.Code);
        Assert.Contains(result.Lines, line => line.StartsWith("proof         No look-ahead:", StringComparison.Ordinal)
            && line.EndsWith("Note: no decision changed with the prices (it follows the clock, or seldom decides); the alterations reached its fills only.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backtest_ProofHasNoPower_ExitsOneAfterTheReport()
    {
        await File.WriteAllTextAsync(_cli.At("falling.json"), """{ "name": "falling", "short": { "enter": "close < open" } }""");
        var result = await RunAsync("walk.csv", "--strategy", "falling.json", "--prove", "--to", "2024-01-20");

        Assert.Equal(1, result.Code);
        Assert.StartsWith("error: The proof does not hold. No power: none of the strategy's ", result.Error, StringComparison.Ordinal);
        Assert.Contains(result.Lines, line => line.StartsWith("strategy ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backtest_Seed_ChoosesTheOtherOrders()
    {
        var runs = new List<string>();
        foreach (var seed in (string[])["1", "2", "1"])
            runs.Add((await RunAsync("walk.csv", "--strategy", "ema-cross", "--param", "fast=3", "slow=6", "--seed", seed)).Output);
        Assert.Contains("in 10,000 other orders", runs[0], StringComparison.Ordinal);
        Assert.Equal(runs[0], runs[2]);
        Assert.NotEqual(runs[0], runs[1]);
    }

    [Fact]
    public async Task Backtest_BadRowsAndGaps_AreTold()
    {
        await File.WriteAllTextAsync(_cli.At("bad.csv"), string.Join('\n', CandleText.Walk(300).Split('\n').Where((_, i) => i is not (50 or 51))) + "1705147200,1,2,3,4,5\n");
        var result = await RunAsync("bad.csv", "--strategy", "ema-cross");
        Assert.Equal(0, result.Code);
        Assert.StartsWith("warning: 1 of 299 rows are bad and were left out.", result.Error, StringComparison.Ordinal);
        Assert.Contains(result.Lines, line => line.EndsWith("298 bars of 1h, 2 missing in 1 gap", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("candles       bad.csv: 298 of 1h, 1 bad rows left out, source replay:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "Option '--strategy' is required", "--json")]
    [InlineData(2, "Unknown strategy \"ema-cros\". Did you mean \"ema-cross\"?", "--strategy", "ema-cros")]
    [InlineData(2, "has no parameter \"fas\". Did you mean \"fast\"? Known: fast (a whole number from 2 to 500), slow (a whole number from 3 to 1000).", "--strategy", "ema-cross", "--param", "fas=3")]
    [InlineData(2, "Parameter fast is 0; allowed: a whole number from 2 to 500.", "--strategy", "ema-cross", "--param", "fast=0")]
    [InlineData(2, "The parameter \"fast\" is not of the form name=value", "--strategy", "ema-cross", "--param", "fast")]
    [InlineData(2, "--fee is \"10\"; allowed: a fraction from 0 to 0.1, as 0.001, 10bps or 0.1%. Did you mean 10bps?", "--strategy", "ema-cross", "--fee", "10")]
    [InlineData(2, "--slippage is \"-1bps\"", "--strategy", "ema-cross", "--slippage", "-1bps")]
    [InlineData(2, "--slippage is \"1e28\"", "--strategy", "ema-cross", "--slippage", "1e28")]
    [InlineData(2, "--cash is \"0\"", "--strategy", "ema-cross", "--cash", "0")]
    [InlineData(2, "--from is \"2024-02-30\"; allowed: a date or time in UTC", "--strategy", "ema-cross", "--from", "2024-02-30")]
    [InlineData(2, "--from 2024-02-01 00:00 is not before --to 2024-02-01 00:00", "--strategy", "ema-cross", "--from", "2024-02", "--to", "2024-02-01")]
    [InlineData(2, "--csv is \"all\"; allowed: trades or equity.", "--strategy", "ema-cross", "--csv", "all")]
    [InlineData(2, "--json and --csv both take standard output", "--strategy", "ema-cross", "--csv", "trades", "--json")]
    [InlineData(2, "--series adds to --json", "--strategy", "ema-cross", "--series")]
    [InlineData(2, "name it with --instrument", "--strategy", "ema-cross", "--tick", "1")]
    [InlineData(1, "none.json cannot be read", "--strategy", "none.json")]
    [InlineData(1, "ema-cross needs 26 bars before it decides, and there are 24 of 1h before --to.", "--strategy", "ema-cross", "--to", "2024-01-02")]
    [InlineData(1, "holds 0 of the 2000 candles", "--strategy", "ema-cross", "--from", "2030")]
    [InlineData(1, "1h candles cannot be made into 5m ones.", "--strategy", "ema-cross", "--timeframe", "5m")]
    [InlineData(1, "The folder does not exist.", "--strategy", "ema-cross", "--html", "nowhere/at/all.html")]
    public async Task Backtest_Wrong_SaysWhatAndFails(int code, string message, params string[] arguments)
    {
        var result = await RunAsync("walk.csv", arguments);
        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backtest_BadStrategyFile_PointsAtThePlace()
    {
        await File.WriteAllTextAsync(_cli.At("bad.json"), CandleText.Rising.Replace("close < open", "clse < open", StringComparison.Ordinal));
        var result = await RunAsync("four.csv", "--strategy", "bad.json");
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("bad.json, line 4, $.long.exit:", result.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> RunAsync(string candles, params string[] arguments) => _cli.RunAsync(["backtest", "--candles", _cli.At(candles), .. arguments]);

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
