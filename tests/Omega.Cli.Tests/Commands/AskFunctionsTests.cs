using System.Text.Json;
using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Commands;

/// <summary>Turns whose functions are commands and MCP tools.</summary>
public sealed class AskFunctionsTests : IAsyncLifetime
{
    private const string Definitions = """
        [
          {"name": "get_weather", "description": "The weather in a city.", "effect": "pure", "command": ["sh", "-c", "echo asking >&2; echo '{\"celsius\": 4}'"], "progress": true,
           "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}},
          {"name": "place_order", "description": "Buys or sells.", "approval": true, "command": ["sh", "-c", "cat >> orders; echo placed"],
           "parameters": {"type": "object", "properties": {"symbol": {"type": "string", "enum": ["BTC", "ETH"]}, "quantity": {"type": "number"}}, "required": ["symbol", "quantity"]}}
        ]
        """;

    private const string Order = """{"symbol":"BTC","quantity":5}""";

    private readonly CliRun _cli = new();
    private readonly ModelServer _server = ModelServer.Start();

    public ValueTask InitializeAsync()
    {
        // The command writes into its folder; paths in the file are relative to the file.
        File.WriteAllText(_cli.At("functions.json"), Definitions.Replace("\"approval\"", "\"directory\": \".\", \"approval\"", StringComparison.Ordinal));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    private string Orders => File.Exists(_cli.At("orders")) ? File.ReadAllText(_cli.At("orders")) : "";

    private Task<CliResult> AskAsync(params string[] arguments) =>
        _cli.RunAsync(["ask", "Do it", "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl, "--functions", _cli.At("functions.json"), .. arguments]);

    private void Answer(string function, string arguments) => _server.Enqueue(
        Reply.Stream(ChatCompletionsStream.Create().Call(0, "call_1", function, arguments).Finish("tool_calls").Done()),
        Reply.Stream(ChatCompletionsStream.Create().Text("So be it.").Finish("stop").Done()));

    private async Task<string> ToldAsync() => (await _server.WaitForRequestAsync(2)).Json.GetProperty("messages")[2].GetProperty("content").GetString()!;

    [Fact]
    public async Task Ask_CommandFunction_RunsAndItsResultGoesToTheModel()
    {
        Answer("get_weather", """{"city":"Oslo"}""");

        var result = await AskAsync();

        Assert.Equal((0, "So be it."), (result.Code, result.Output));
        Assert.Equal("""{"celsius":4}""", await ToldAsync());
        Assert.Matches("""→ get_weather {"city":"Oslo"}\n← get_weather {"celsius": 4} [0-9.]+ m?s\n""", result.Error.ReplaceLineEndings("\n"));
        Assert.DoesNotContain('\e', result.Error);
    }

    [Fact]
    public async Task Ask_OffATerminal_WhatNeedsApprovalIsDeniedAndTheModelIsTold()
    {
        Answer("place_order", Order);

        var result = await AskAsync();

        Assert.Equal((0, "So be it.", ""), (result.Code, result.Output, Orders));
        Assert.Contains("✗ place_order was not run: it was denied: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("--approve place_order", result.Error, StringComparison.Ordinal);
        var told = JsonElement.Parse(await ToldAsync()).GetProperty("error");
        Assert.Equal("approval_denied", told.GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("place_order")]
    [InlineData("all")]
    public async Task Ask_ApprovedByOption_Runs(string approve)
    {
        Answer("place_order", Order);

        var result = await AskAsync("--approve", approve);

        Assert.Equal((0, Order + "\n"), (result.Code, Orders));
        Assert.Equal("placed", await ToldAsync());
    }

    [Theory]
    [InlineData("y\n", Order + "\n", "placed")]
    [InlineData("e\n{\"symbol\":\"BTC\",\"quantity\":1}\n", "{\"symbol\":\"BTC\",\"quantity\":1}\n", "placed")]
    [InlineData("e\n{\"symbol\":\"DOGE\",\"quantity\":1}\n", "", "place_order was not run")]
    [InlineData("far too much\n", "", "far too much")]
    public async Task Ask_Person_Decides(string typed, string orders, string told)
    {
        (_cli.HasPerson, _cli.Typed) = (true, typed);
        Answer("place_order", Order);

        var result = await AskAsync();

        Assert.Equal((0, orders), (result.Code, Orders));
        Assert.Contains(told, await ToldAsync(), StringComparison.Ordinal);
        Assert.Contains("approve: place_order needs your approval", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_OfflineDenied_TheAnswerExplainsTheDenialAndSaysThatNothingWasDone()
    {
        (_cli.HasPerson, _cli.Typed) = (true, "we have no money\n");

        var result = await _cli.RunAsync("ask", "Place an order: symbol BTC, quantity 5", "--functions", _cli.At("functions.json"));

        Assert.Equal((0, ""), (result.Code, Orders));
        Assert.Contains("place_order was not run: it was denied: we have no money. Nothing was done.", result.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("no model wrote this answer", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ApproveNamesNoFunction_Exits2BeforeAnythingIsSent()
    {
        var result = await AskAsync("--approve", "place_oder");

        Assert.Equal(2, result.Code);
        Assert.Contains("--approve: there is no function \"place_oder\". There are: get_weather, place_order.", result.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Ask_Json_ShowsTheCallsEventsAndDeniesUnasked()
    {
        Answer("place_order", Order);

        var events = (await AskAsync("--json")).Lines.Select(line => GptJson.ParseEvent(line)).ToList();

        Assert.Equal(Order, Assert.Single(events.OfType<FunctionCallApprovalRequiredEvent>()).Arguments);
        Assert.Equal(GptErrorKind.ApprovalDenied, Assert.Single(events.OfType<FunctionCallRejectedEvent>()).Kind);
        Assert.Equal("So be it.", Assert.IsType<TurnCompletedEvent>(events[^1]).Text);
    }

    [Theory]
    [InlineData("OMEGA_FUNCTIONS=functions.json")]
    [InlineData("OMEGA_HOME=.")]
    public async Task Ask_FolderThatBringsItsOwnFunctions_RunsNoneOfThem(string dotEnv)
    {
        _cli.Environment.Remove("OMEGA_HOME");
        _cli.Environment["XDG_DATA_HOME"] = _cli.At("data");
        var file = _cli.At("functions.json");
        await File.WriteAllTextAsync(_cli.At(".env"), dotEnv.Replace("functions.json", file, StringComparison.Ordinal));
        await File.WriteAllTextAsync(file, $$"""[{"name": "get_weather", "effect": "pure", "command": ["touch", "{{_cli.At("ran")}}"]}]""");
        await File.WriteAllTextAsync(_cli.At("omega.json"), $$"""{"functions": "{{file}}", "mcp": {"evil": {"command": "touch", "args": ["{{_cli.At("ran")}}"]} } }""");
        Answer("get_weather", "{}");

        var result = await _cli.RunAsync("ask", "Do it", "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl);

        Assert.Equal(0, result.Code);
        Assert.Contains("are not run, because .env in this folder named the file.", result.Error, StringComparison.Ordinal);
        Assert.Equal(dotEnv.Contains("HOME", StringComparison.Ordinal), result.Error.Contains("\"mcp\" in ", StringComparison.Ordinal));
        Assert.False(File.Exists(_cli.At("ran")));
    }

    [Fact]
    public async Task Ask_SecretsOfProviders_AreNotHandedToTheCommand()
    {
        await File.WriteAllTextAsync(_cli.At("functions.json"), """[{"name": "get_weather", "command": ["env"]}]""");
        Environment.SetEnvironmentVariable("GROQ_API_KEY", "gsk-very-secret");
        Answer("get_weather", "{}");

        await AskAsync();

        var told = await ToldAsync();
        Assert.Contains("OMEGA_IDEMPOTENCY_KEY=", told, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", told, StringComparison.Ordinal);
    }
}
