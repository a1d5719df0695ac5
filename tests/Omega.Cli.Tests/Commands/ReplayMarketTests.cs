using Omega.TestKit;

namespace Omega.Cli.Tests.Commands;

/// <summary>A turn over a market, recorded on one day and replayed on another, its functions run anew.</summary>
public sealed class ReplayMarketTests : IAsyncLifetime
{
    private const string Functions = """[{"name": "note", "effect": "pure", "command": ["cat"], "parameters": {"type": "object"}}]""";

    private readonly CliRun _cli = new() { Time = new FixedClock(new DateTimeOffset(2026, 3, 2, 9, 30, 17, TimeSpan.Zero)) };
    private readonly ModelServer _server = ModelServer.Start();

    private string Recording => _cli.At("market.jsonl");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_cli.At("functions.json"), Functions);
        await File.WriteAllTextAsync(_cli.At("btcusdt-1h.csv"), Backtest.CandleText.Walk(400));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    [Theory]
    [InlineData("--feed", "sim:42")]
    [InlineData("--candles", "btcusdt-1h.csv", "--candles", "btcusdt-1h.csv")]
    public async Task RerunFunctions_RecordedMarket_ReturnWhatTheyReturnedThen(string option, string value, params string[] again)
    {
        var recorded = await RecordAsync(option, At(value));

        var replayed = await ReplayAsync([.. again.Select(At), "--functions", _cli.At("functions.json")]);

        Assert.Equal("", replayed.Error);
        Assert.Equal(0, replayed.Code);
        Assert.Equal(Result(recorded), Result(replayed));
        Assert.Contains("\"price\":", Result(replayed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RerunFunctions_AnotherMarket_AreRunAndSayHowTheyDiffer()
    {
        await RecordAsync("--feed", "sim:42");

        var replayed = await ReplayAsync("--feed", "sim:43", "--functions", _cli.At("functions.json"));

        Assert.Equal(2, replayed.Code);
        Assert.Contains("was over the market SIM:42, and this one is SIM:43", replayed.Error, StringComparison.Ordinal);
        Assert.Contains("has not seen this request", replayed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RerunFunctions_NotAllGiven_SaysWhichAreAnsweredFromTheRecording()
    {
        var recorded = await RecordAsync("--candles", At("btcusdt-1h.csv"));

        var replayed = await ReplayAsync("--functions", _cli.At("functions.json"));

        Assert.Equal(0, replayed.Code);
        Assert.Matches(@"not run in turn \S+: get_price \(not given: add --functions, --mcp, or --candles FILE for the market replay:[0-9a-f]{12}\)\.", replayed.Error);
        Assert.Equal(Result(recorded), Result(replayed));
    }

    [Fact]
    public async Task RerunFunctions_NothingToRun_SaysWhatToGive()
    {
        await RecordAsync("--candles", At("btcusdt-1h.csv"));

        var replayed = await ReplayAsync();

        Assert.Equal(2, replayed.Code);
        Assert.Contains("add --functions FILE, --mcp SERVER, or --candles FILE", replayed.Error, StringComparison.Ordinal);
    }

    private string At(string text) => text.EndsWith(".csv", StringComparison.Ordinal) ? _cli.At(text) : text;

    private static string Result(CliResult result) => Assert.Single(result.Lines, line => line.Contains("\"function_call.completed\"", StringComparison.Ordinal) && line.Contains("get_price", StringComparison.Ordinal)) is var line
        ? line[line.IndexOf("\"result\"", StringComparison.Ordinal)..line.IndexOf(",\"duration_ms\"", StringComparison.Ordinal)]
        : "";

    private async Task<CliResult> RecordAsync(params string[] market)
    {
        _server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Call(0, "c1", "get_price", "{}").Call(1, "c2", "note", "{}").Finish("tool_calls").Done()),
            Reply.Stream(ChatCompletionsStream.Create().Text("So it is.").Finish("stop").Done()));
        var recorded = await _cli.RunAsync(["ask", "What is BTC at?", "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl, "--functions", _cli.At("functions.json"), "--json", "--record", Recording, .. market]);
        Assert.Equal((0, ""), (recorded.Code, recorded.Error));
        return recorded;
    }

    private Task<CliResult> ReplayAsync(params string[] options)
    {
        _cli.Time = new FixedClock(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        return _cli.RunAsync(["replay", Recording, "--json", "--rerun-functions", .. options]);
    }
}
