using System.Text.Json;
using Omega.Cli.Tests.Commands.Backtest;
using Omega.Desk;
using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Commands;

/// <summary>Turns over a market: what the model is told and may call, and what is said about its answer.</summary>
public sealed class AskMarketTests : IAsyncLifetime
{
    private readonly CliRun _cli = new() { Time = FixedClock.Usual };
    private readonly ModelServer _server = ModelServer.Start();

    public ValueTask InitializeAsync()
    {
        _cli.Environment["OMEGA_FEED"] = "sim:42";
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    private Task<CliResult> AskAsync(string prompt, params string[] arguments) =>
        _cli.RunAsync(["ask", prompt, "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl, .. arguments]);

    private void Answer(string text) => _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text(text).Finish("stop").Done()));

    private void Call(string function, string arguments) =>
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Call(0, "call_1", function, arguments).Finish("tool_calls").Done()));

    private async Task<JsonElement> ToldAsync() =>
        JsonElement.Parse((await _server.WaitForRequestAsync(2)).Json.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!);

    [Fact]
    public async Task Ask_Market_TheModelHasItsFunctionsAndTheAnalystsPrompt()
    {
        Call("get_price", """{"market": "BTC"}""");
        Answer("Done.");

        var result = await AskAsync("What is BTC at?");

        Assert.Equal((0, "Done."), (result.Code, result.Output));
        Assert.Equal("SIM:42", (await ToldAsync()).GetProperty("source").GetString());
        var request = _server.Requests[0].Json;
        Assert.Equal(DeskPrompt.Analyst.Text, request.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Contains("analyze_market", request.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()));
        Assert.Contains("market SIM:42, a simulated market: its prices are made up", result.Error, StringComparison.Ordinal);
        Assert.Matches(@" · get_price · SIM:42 · session ", result.Error);
        Assert.DoesNotContain('\e', result.Error);
    }

    [Fact]
    public async Task Ask_NoFunctions_IsAPlainQuestion()
    {
        Answer("Hello.");

        var result = await AskAsync("Hi", "--no-functions");

        var request = Assert.Single(_server.Requests).Json;
        Assert.Equal("Hi", Assert.Single(request.GetProperty("messages").EnumerateArray()).GetProperty("content").GetString());
        Assert.False(request.TryGetProperty("tools", out _));
        Assert.DoesNotContain("SIM", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_Json_KeepsThePromptTheMarketAndWhatIsNotGrounded()
    {
        Call("get_price", """{"market": "BTC"}""");
        Answer("The price of BTC is 1,234,567.89 USD.");

        var events = (await AskAsync("What is BTC at?", "--json")).Lines.Select(line => GptJson.ParseEvent(line)).ToList();

        var remarks = events.OfType<AnnotationEvent>().ToLookup(remark => remark.Kind, remark => remark.Data);
        Assert.Equal(DeskPrompt.Analyst.Sha256, Assert.Single(remarks["prompt"]).GetProperty("sha256").GetString());
        var market = Assert.Single(remarks["market"]);
        Assert.Equal(("SIM:42", true), (market.GetProperty("source").GetString(), market.GetProperty("simulated").GetBoolean()));
        Assert.StartsWith("1,234,567.89", Assert.Single(remarks["ungrounded"]).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.IsType<TurnCompletedEvent>(events[^1]);
    }

    [Fact]
    public async Task Ask_FigureThatNoFunctionGave_IsToldBelowTheAnswer()
    {
        Call("get_price", """{"market": "BTC"}""");
        Answer("The price of BTC is 1,234,567.89 USD.");

        var result = await AskAsync("What is BTC at?");

        Assert.Contains("[?] The price of BTC is 1,234,567.89 USD.: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("[?]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How is {0}?", true)]
    [InlineData("How is BTC?", false)]
    public async Task Ask_CandleFile_IsReadOnlyWhereThePersonNamedIt(string prompt, bool isRead)
    {
        var file = _cli.At("ethusdt-1h.csv");
        await File.WriteAllTextAsync(file, CandleText.Walk(300));
        Call("analyze_market", JsonSerializer.Serialize(new Dictionary<string, string> { ["candles"] = file }));
        Answer("Done.");

        var result = await AskAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, prompt, file));

        var told = await ToldAsync();
        Assert.Equal(isRead, told.TryGetProperty("source", out var source) && source.GetString()!.StartsWith("replay:", StringComparison.Ordinal));
        Assert.Equal(!isRead, told.TryGetProperty("error", out _));
        Assert.Matches(isRead ? " · analyze_market · replay:[0-9a-f]{12} · " : " · analyze_market · SIM:42 · ", result.Error);
    }

    [Fact]
    public async Task Ask_FunctionWithTheNameOfOneOfTheDesks_IsAClearError()
    {
        var file = _cli.At("functions.json");
        await File.WriteAllTextAsync(file, """[{"name": "get_price"}]""");

        var result = await AskAsync("Hi", "--functions", file);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.StartsWith($"error: There are two functions named \"get_price\": of the market desk and in {file}.", result.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("version: 7\nBe mine.", "Be mine.")]
    [InlineData("Only this.", "Only this.")]
    public async Task Ask_OwnPrompt_TakesTheAnalystsPlace(string text, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_cli.Home, "prompts"));
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "prompts", "analyst.md"), text);
        Answer("Done.");

        await AskAsync("Hi");

        Assert.Equal(expected, (await _server.WaitForRequestAsync()).Json.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Ask_OwnPromptThatIsEmpty_SaysWhichFile()
    {
        Directory.CreateDirectory(Path.Combine(_cli.Home, "prompts"));
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "prompts", "analyst.md"), "");

        var result = await AskAsync("Hi");

        Assert.Equal(2, result.Code);
        Assert.Contains("analyst.md: the prompt is empty.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_ListAndCall_KnowTheDesks()
    {
        var list = await _cli.RunAsync("functions", "list");
        var call = await _cli.RunAsync("functions", "call", "get_price", "--args", """{"market": "btc-usd"}""", "-q");

        Assert.Matches(@"\nanalyze_market +pure +no +the market desk +\S", list.Output);
        Assert.Equal((0, "SIM:42"), (call.Code, JsonElement.Parse(call.Output).GetProperty("source").GetString()));
    }
}
