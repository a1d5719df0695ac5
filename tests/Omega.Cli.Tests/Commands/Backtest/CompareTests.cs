using System.CommandLine;
using System.Text.Json;
using Omega.Cli.Commands.Backtest;
using Omega.Cli.Tests.Screen;

namespace Omega.Cli.Tests.Commands.Backtest;

public sealed class CompareTests : IDisposable
{
    private readonly CliRun _cli = new();

    public CompareTests() => File.WriteAllText(_cli.At("walk.csv"), CandleText.Walk(600));

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Compare_SeveralStrategies_StandSideBySideInTheGivenOrder()
    {
        var result = await RunAsync("rsi-reversion", "ema-cross", "ema-cross:fast=20,slow=50", "bollinger:mode=breakout");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("bollinger     length 20, width 2, mode breakout", result.Lines);
        Assert.Contains(result.Lines, line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) == "rsi-reversion|ema-cross 12/26|ema-cross 20/50|bollinger|buy and hold");
        Assert.Equal(5, Cells(result, "total return").Length);
        Assert.Equal(4, Cells(result, "Sharpe ratio above it").Length);
    }

    [Fact]
    public async Task Compare_Json_IsTheReportsOfSingleBacktests()
    {
        var together = await RunAsync("donchian", "ema-cross", "--param", "fast=7", "--json");
        var alone = await _cli.RunAsync("backtest", "--strategy", "ema-cross", "--param", "fast=7", "--candles", _cli.At("walk.csv"), "--json");

        var reports = JsonElement.Parse(together.Output).EnumerateArray().ToList();
        Assert.Equal(["donchian", "ema-cross"], reports.Select(report => report.GetProperty("strategy").GetString()));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(alone.Output), reports[1]));
    }

    [Fact]
    public async Task Compare_NarrowTerminal_TakesTheColumnsInBlocks()
    {
        _cli.HasPerson = true;
        var result = await RunAsync("rsi-reversion", "ema-cross", "donchian", "momentum", "bollinger", "dca");
        Assert.Equal(2, result.Lines.Count(line => line.StartsWith("result", StringComparison.Ordinal)));
        Assert.All(result.Lines.SkipWhile(line => !line.StartsWith("result", StringComparison.Ordinal)).TakeWhile(line => line != "notes"), line => Assert.InRange(line.Length, 0, 100));
    }

    [Theory]
    [InlineData("Unknown strategy \"emacross\". Did you mean \"ema-cross\"?", "donchian", "emacross")]
    [InlineData("None of the strategies has the parameter of \"fast=3\".", "donchian", "--param", "fast=3")]
    [InlineData("Unknown option --jsn. Did you mean --json?", "donchian", "--jsn")]
    [InlineData("Parameter fast is 1; allowed: a whole number from 2 to 500.", "ema-cross:fast=1")]
    public async Task Compare_Wrong_SaysWhatAndExitsTwo(string message, params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_StoppedDuringTheSecond_ShowsTheFirst()
    {
        using var stop = new CancellationTokenSource();
        // The clock is looked at once when the work begins, and at each report of progress: one for the file and one for each strategy here.
        var clock = new CountingClock(looks =>
        {
            if (looks == 4)
                stop.Cancel();
        });
        var screen = new ScreenTexts();
        var host = new CliHost(screen.Terminal, _cli.Environment.GetValueOrDefault, _cli.WorkingDirectory, clock);

        var code = await new CompareCommand(host).Parse(["donchian", "ema-cross", "momentum", "--candles", _cli.At("walk.csv"), "--json"]).InvokeAsync(cancellationToken: stop.Token);

        Assert.Equal(130, code);
        Assert.Equal(["donchian"], JsonElement.Parse(screen.Output).EnumerateArray().Select(report => report.GetProperty("strategy").GetString()));
        Assert.Contains("Only 1 of 3 strategies were run.", screen.Error, StringComparison.Ordinal);
    }

    private Task<CliResult> RunAsync(params string[] arguments) => _cli.RunAsync(["compare", .. arguments, "--candles", _cli.At("walk.csv")]);

    private static string[] Cells(CliResult result, string label) =>
        result.Lines.Single(line => line.StartsWith($"  {label}  ", StringComparison.Ordinal))[(label.Length + 2)..].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A clock that stands still and counts who looks at it.</summary>
    private sealed class CountingClock(Action<int> looked) : TimeProvider
    {
        private int _looks;

        public override long GetTimestamp()
        {
            looked(++_looks);
            return 0;
        }
    }
}
