using System.Text.Json;

namespace Omega.Cli.Tests.Commands;

public sealed class FunctionsTests : IDisposable
{
    private const string Definitions = """
        [
          {"name": "shout", "description": "Says it loudly. Really.", "effect": "pure", "command": ["tr", "a-z", "A-Z"],
           "parameters": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"], "additionalProperties": false}},
          {"name": "order", "approval": true, "timeout": 5, "command": ["sh", "-c", "echo ordering >&2; echo done"], "progress": true},
          {"name": "fails", "command": ["sh", "-c", "echo no paper >&2; exit 4"]},
          {"name": "slow", "timeout": 0.2, "effect": "pure", "command": ["sleep", "1000"]},
          {"name": "bare", "description": "Nobody runs it."}
        ]
        """;

    private readonly CliRun _cli = new();

    public FunctionsTests() => File.WriteAllText(_cli.At("functions.json"), Definitions);

    public void Dispose() => _cli.Dispose();

    private Task<CliResult> RunAsync(params string[] arguments) => _cli.RunAsync(["functions", .. arguments, "--functions", _cli.At("functions.json")]);

    private static string[] McpServer(params string[] arguments) =>
        ["--mcp", $"test='{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"}' '{Path.Combine(AppContext.BaseDirectory, "omega-test-mcp.dll")}' {string.Join(' ', arguments)}"];

    [Fact]
    public async Task List_File_SaysWhatEachDoes()
    {
        var result = await RunAsync("list");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(["NAME", "bare", "shout", "order", "fails", "slow"], result.Lines.Select(line => line.Split(' ')[0]));
        Assert.Matches("^shout  pure         no        .*functions.json  Says it loudly$", result.Lines[2]);
        Assert.Matches("^order  side effect  needed  ", result.Lines[3]);
        Assert.Matches("^bare   -            -  ", result.Lines[1]);
    }

    [Fact]
    public async Task List_Json_IsAnArrayOfObjects()
    {
        var functions = JsonElement.Parse((await RunAsync("list", "--json")).Output).EnumerateArray().ToDictionary(function => function.GetProperty("name").GetString()!);

        Assert.Equal(("pure", 5), (functions["shout"].GetProperty("effect").GetString(), functions["order"].GetProperty("timeout").GetInt32()));
        Assert.True(functions["order"].GetProperty("approval").GetBoolean());
        Assert.Equal(JsonValueKind.Null, functions["bare"].GetProperty("approval").ValueKind);
        Assert.Equal("object", functions["bare"].GetProperty("parameters").GetProperty("type").GetString());
    }

    [Fact]
    public async Task List_Nothing_SaysHowToNameSome()
    {
        var result = await _cli.RunAsync("functions", "list");

        Assert.Equal((0, ""), (result.Code, result.Output));
        Assert.Contains("--functions FILE", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Function_ShowsWhatTheModelIsToldAndHowItIsRun()
    {
        var result = await RunAsync("show", "order");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("effect    side effect\napproval  needed\ntimeout   5 s\narguments\n{\n  \"type\": \"object\"", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shout", """{"text": "grüße"}""", "", "{\n  \"TEXT\": \"GRüßE\"\n}\n")]
    [InlineData("order", "{}", "", "done\n")]
    [InlineData("order", "{}", "--json", "\"done\"\n")]
    public async Task Call_Function_ItsResultIsTheOutput(string name, string arguments, string option, string output)
    {
        var result = await RunAsync(["call", name, "--args", arguments, .. option.Length > 0 ? (string[])[option] : []]);

        Assert.Equal(new CliResult(0, output, ""), result);
    }

    [Theory]
    [InlineData(2, "shout was not run: ", "shout", "{}")]
    [InlineData(2, "shout was not run: ", "shout", """{"text": "a", "txt": "b"}""")]
    [InlineData(2, "", "shout", """{"text": """)]
    [InlineData(2, "There is no function \"shot\". There are: bare, shout, order, fails, slow.", "shot", "{}")]
    [InlineData(2, "Nobody here runs \"bare\".", "bare", "{}")]
    [InlineData(1, "fails failed: \"sh\" ended with exit code 4: no paper", "fails", "{}")]
    [InlineData(124, "slow did not end within 0.2 s.", "slow", "{}")]
    public async Task Call_Wrong_SaysWhatAndHasItsExitCode(int code, string expected, string name, string arguments)
    {
        var result = await RunAsync("call", name, "--args", arguments);

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.StartsWith("error: " + expected, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Call_ToolOfAServer_Answers()
    {
        var list = await _cli.RunAsync(["functions", "list", .. McpServer()]);
        var call = await _cli.RunAsync(["functions", "call", "test_add", "--args", """{"a": 2, "b": 3}""", .. McpServer()]);
        var dies = await _cli.RunAsync(["functions", "call", "test_die", .. McpServer()]);

        Assert.Matches("\ntest_add +side effect +needed +MCP server test +Adds two numbers\n", list.Output);
        Assert.Equal(new CliResult(0, "{\n  \"sum\": 5\n}\n", ""), call);
        Assert.Equal((1, ""), (dies.Code, dies.Output));
        Assert.StartsWith("error: test_die failed: The MCP server \"test\" ", dies.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ServerOfTheConfiguration_IsUsedAndItsUnusableToolsAreNamed()
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "omega.json"), $$"""
            {"mcp": {"raw": {"command": {{JsonSerializer.Serialize(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")}},
              "args": [{{JsonSerializer.Serialize(Path.Combine(AppContext.BaseDirectory, "omega-test-mcp.dll"))}}, "--raw", "schemas"], "effects": {"good": "pure"} } } }
            """);

        var result = await _cli.RunAsync("functions", "list");
        var without = await _cli.RunAsync("functions", "list", "--no-functions");

        Assert.Equal(["NAME", "raw_good", "raw_plain"], result.Lines.Select(line => line.Split(' ')[0]));
        Assert.Contains("raw_good   pure         no", result.Output, StringComparison.Ordinal);
        Assert.Contains("note: MCP server \"raw\": $.tools[1].inputSchema: its type must be \"object\".", result.Error, StringComparison.Ordinal);
        Assert.Equal("", without.Output);
    }

    [Theory]
    [InlineData("""[{"name": "f", "command": "ls"}]""", "at $[0].command: \"command\" is \"ls\"; it must be an array")]
    [InlineData("""[{"name": "f", "parameters": {"type": "object", "properties": {"n": {"type": "whole"}}}}]""", "at $[0].parameters.properties.n.type: ")]
    public async Task List_WrongFile_SaysWhereAndExits2(string definitions, string expected)
    {
        await File.WriteAllTextAsync(_cli.At("functions.json"), definitions);

        var result = await RunAsync("list");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("functions.json, line 1, column ", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }
}
