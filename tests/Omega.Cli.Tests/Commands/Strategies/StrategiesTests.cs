using System.Text.Json;
using Omega.Trading.Strategies;

namespace Omega.Cli.Tests.Commands.Strategies;

public sealed class StrategiesTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("strategies")]
    [InlineData("strategies", "list")]
    public async Task List_BuiltIns_AreShownWithTheirParameters(params string[] command)
    {
        var result = await _cli.RunAsync(command);

        Assert.Equal(0, result.Code);
        Assert.Equal(BuiltInStrategies.All.Count + 1, result.Lines.Length);
        Assert.Contains(result.Lines, line => line.StartsWith("ema-cross ", StringComparison.Ordinal) && line.Contains("fast=12 slow=26", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_Json_IsTheSpecs()
    {
        var result = await _cli.RunAsync("strategies", "list", "--json");
        Assert.Equal(BuiltInStrategies.All.Select(spec => spec.Name), JsonElement.Parse(result.Output).EnumerateArray().Select(spec => spec.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Show_Name_TellsRulesAndParameters()
    {
        var result = await _cli.RunAsync("strategies", "show", "donchian");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("long enter  close > highest(high, entry)[1]", result.Lines);
        Assert.Contains("long stop   2 × atr(20) away", result.Lines);
        Assert.Contains(result.Lines, line => line.StartsWith("entry ", StringComparison.Ordinal) && line.Contains("a whole number from 2 to 500", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_JsonIntoAFile_IsValid()
    {
        var json = await _cli.RunAsync("strategies", "show", "ema-cross", "--json");
        await File.WriteAllTextAsync(_cli.At("mine.json"), json.Output);

        var shown = await _cli.RunAsync("strategies", "show", "mine.json");
        var valid = await _cli.RunAsync("strategies", "validate", "mine.json");

        Assert.Equal("ema-cross", shown.Lines[0]);
        Assert.Equal((0, "ok  mine.json: ema-cross\n", ""), (valid.Code, valid.Output, valid.Error));
    }

    [Fact]
    public async Task Show_UnknownName_OffersNearOnes()
    {
        var result = await _cli.RunAsync("strategies", "show", "ema-cros");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.StartsWith("error: Unknown strategy \"ema-cros\". Did you mean \"ema-cross\"?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_SeveralFiles_TellsEachAndFails()
    {
        await File.WriteAllTextAsync(_cli.At("good.json"), BuiltInStrategies.Find("momentum").Json);
        await File.WriteAllTextAsync(_cli.At("bad.json"), """
            {
              "name": "bad",
              "long": { "enter": "close > emma(12)" }
            }
            """);

        var text = await _cli.RunAsync("strategies", "validate", "good.json", "bad.json", "none.json");
        var json = await _cli.RunAsync("strategies", "validate", "good.json", "bad.json", "none.json", "--json");

        Assert.Equal((1, 1), (text.Code, json.Code));
        Assert.Equal("ok  good.json: momentum\n", text.Output);
        Assert.Contains("""
            bad.json, line 3, $.long.enter: Character 9: Unknown function "emma". Did you mean "ema"?
              close > emma(12)
                      ^
            """.ReplaceLineEndings("\n"), text.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("none.json cannot be read", text.Error, StringComparison.Ordinal);
        var verdicts = JsonElement.Parse(json.Output).EnumerateArray().ToList();
        Assert.Equal([true, false, false], verdicts.Select(verdict => verdict.GetProperty("valid").GetBoolean()));
        Assert.Equal((3, "$.long.enter"), (verdicts[1].GetProperty("line").GetInt32(), verdicts[1].GetProperty("path").GetString()));
        Assert.Equal(JsonValueKind.Null, verdicts[2].GetProperty("line").ValueKind);
    }

    [Fact]
    public async Task Schema_Command_PrintsTheSchema()
    {
        var result = await _cli.RunAsync("strategies", "schema");
        Assert.Equal((0, StrategySpec.Schema), (result.Code, result.Output));
    }
}
