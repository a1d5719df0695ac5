using System.Text.Json;
using Omega.TestKit;

namespace Omega.Cli.Tests.Commands.Models;

public sealed class CheckModelsTests : IDisposable
{
    // Models whose states do not change with the day on which the tests run.
    private const string Own = """
        {"models": [
          {"provider": "openai", "name": "old", "lifecycle": "retired", "retires_on": "2020-01-01", "successor": "new"},
          {"provider": "openai", "name": "going", "lifecycle": "deprecated", "retires_on": "2999-01-01", "successor": "new"},
          {"provider": "openai", "name": "new", "aliases": ["newest"], "max_output": 4096, "prices": [{"input": 1000, "output": 2000}]}]}
        """;

    private readonly CliRun _cli = new();

    public CheckModelsTests()
    {
        Directory.CreateDirectory(_cli.Home);
        File.WriteAllText(Path.Combine(_cli.Home, "models.json"), Own);
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("openai/new", 0, "good", null)]
    [InlineData("newest", 0, "good", null)]
    [InlineData("compatible/anything", 0, "good", null)]
    [InlineData("offline/analyst", 0, "good", null)]
    [InlineData("openai/old", 1, "retired", "openai/new")]
    [InlineData("openai/going", 1, "deprecated", "openai/new")]
    [InlineData("openai-responses/going", 1, "deprecated", "openai-responses/new")]
    [InlineData("openai/gonig", 1, "unknown", null)]
    [InlineData("nobody/x", 1, "wrong", null)]
    public async Task Check_ModelOfTheSettings_StandsAsTheCatalogueSays(string model, int code, string state, string? successor)
    {
        _cli.Environment["OMEGA_MODEL"] = model;

        var result = await _cli.RunAsync("models", "check", "--json");

        Assert.Equal((code, ""), (result.Code, result.Error));
        var finding = Assert.Single(Report(result, "models"));
        Assert.Equal((model, "OMEGA_MODEL", state, successor, code == 1), (Text(finding, "model"), Text(finding, "named_by"), Text(finding, "state"), Text(finding, "successor"), finding.GetProperty("needs_doing").GetBoolean()));
    }

    [Fact]
    public async Task Check_FallbacksAndAliases_AreAllLookedAt()
    {
        _cli.Environment["OMEGA_MODEL"] = "fast";
        _cli.Environment["OMEGA_FAST"] = "openai/new, openai/going";
        _cli.Environment["OMEGA_FALLBACK"] = "fast, openai/old";

        var result = await _cli.RunAsync("models", "check", "--json");

        Assert.Equal(1, result.Code);
        string[] expected = ["openai/old by OMEGA_FALLBACK", "openai/new by OMEGA_FAST", "openai/going by OMEGA_FAST"];
        Assert.Equal(expected, Report(result, "models").Select(finding => $"{Text(finding, "model")} by {Text(finding, "named_by")}"));
    }

    [Fact]
    public async Task Check_FallbacksAndAliasesOfTheFile_AreLookedAtToo()
    {
        var file = Path.Combine(_cli.Home, "omega.json");
        await File.WriteAllTextAsync(file, """{"model": "openai/new", "fast": "openai/going", "smart": "openai/newest", "fallback": "fast, openai/old"}""");

        var result = await _cli.RunAsync("models", "check", "--json");

        Assert.Equal(1, result.Code);
        string[] expected = [$"openai/new by \"model\" in {file}", $"openai/old by \"fallback\" in {file}", $"openai/going by \"fast\" in {file}", $"openai/newest by \"smart\" in {file}"];
        Assert.Equal(expected, Report(result, "models").Select(finding => $"{Text(finding, "model")} by {Text(finding, "named_by")}"));
    }

    [Fact]
    public async Task Check_OldSessions_AreToldAndNeedNothing()
    {
        await _cli.RunAsync("ask", "Hi", "--session", "one");
        _cli.Environment["OMEGA_MODEL"] = "openai/new";

        var result = await _cli.RunAsync("models", "check");

        Assert.Equal(0, result.Code);
        Assert.Contains("1 session", result.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing needs doing.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckLive_ServedModel_PassesAllThreeAndSaysWhatItCost()
    {
        await using var server = Server("new");
        server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Text("1 2 3", " 4 5 6", " 7 8 9").Finish("stop").Usage(10, 9).Done()),
            Reply.Stream(ChatCompletionsStream.Create().Call(0, "c1", "report_status", "{\"status\":", "\"ok\"}").Finish("tool_calls").Usage(20, 5).Done()));

        var result = await _cli.RunAsync("models", "check", "openai/new", "--live", "--json");

        Assert.Equal((0, ""), (result.Code, result.Error));
        string[] expected = ["list passed ", "streaming passed 0.028", "function passed 0.03"];
        Assert.Equal(expected, Report(result, "live").Select(line => $"{Text(line, "test")} {Text(line, "result")} {Text(line, "usd")}"));
        Assert.Equal("report_status", server.Requests[^1].Json.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.All(server.Requests.Skip(1), request => Assert.Equal(64, request.Json.TryGetProperty("max_tokens", out var most) ? most.GetInt32() : request.Json.GetProperty("max_completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task CheckLive_WhatItCost_IsInTheLedger()
    {
        await using var server = Server("new");
        server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Text("1 2 3").Finish("stop").Usage(10, 9).Done()),
            Reply.Stream(ChatCompletionsStream.Create().WholeCall(0, "c1", "report_status", "{\"status\":\"ok\"}").Finish("tool_calls").Usage(20, 5).Done()));
        await _cli.RunAsync("models", "check", "openai/new", "--live");

        var result = await _cli.RunAsync("usage");

        Assert.Equal(0, result.Code);
        Assert.Contains("0.058", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckLive_BudgetThatWouldBePassed_AsksNobody()
    {
        await using var server = Server("new");
        _cli.Environment["OMEGA_BUDGET_DAY"] = "0.001";

        var result = await _cli.RunAsync("models", "check", "openai/new", "--live");

        Assert.Equal(1, result.Code);
        Assert.DoesNotContain(server.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task CheckLive_ServerThatFails_IsAskedOnceAndNobodyElse()
    {
        await using var server = Server("new");
        _cli.Environment["OMEGA_FALLBACK"] = "offline/analyst";
        server.Enqueue(Reply.OpenAIError(503, "busy"));

        var result = await _cli.RunAsync("models", "check", "openai/new", "--live");

        Assert.Equal(1, result.Code);
        Assert.Single(server.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task CheckLive_CutStream_FailsAndIsNotAskedForMore()
    {
        await using var server = Server("other");
        server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("1 2")));

        var result = await _cli.RunAsync("models", "check", "openai/new", "--live");

        Assert.Equal(1, result.Code);
        Assert.Contains("not among the 1 models", result.Output, StringComparison.Ordinal);
        Assert.Contains("the stream ended before its last event", result.Output, StringComparison.Ordinal);
        Assert.Contains("not asked", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("{\"status\":\"bad\"}", "as nobody may")]
    [InlineData(null, "it did not call")]
    public async Task CheckLive_NoRightCall_Fails(string? arguments, string says)
    {
        await using var server = Server("new");
        var answer = ChatCompletionsStream.Create();
        server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Text("1").Finish("stop").Done()),
            Reply.Stream((arguments is null ? answer.Text("ok").Finish("stop") : answer.WholeCall(0, "c1", "report_status", arguments).Finish("tool_calls")).Done()));

        var result = await _cli.RunAsync("models", "check", "openai/new", "--live");

        Assert.Equal(1, result.Code);
        Assert.Contains(says, result.Output, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task CheckLive_NoKey_FailsWithTheVariable()
    {
        var result = await _cli.RunAsync("models", "check", "openai/new", "--live");

        Assert.Equal(1, result.Code);
        Assert.Contains("OPENAI_API_KEY", result.Output, StringComparison.Ordinal);
    }

    private static IReadOnlyList<JsonElement> Report(CliResult result, string part) => [.. JsonElement.Parse(result.Output).GetProperty(part).EnumerateArray()];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private ModelServer Server(string served)
    {
        var server = ModelServer.Start();
        server.Models = Reply.ModelList(served);
        _cli.Environment["OPENAI_BASE_URL"] = server.BaseUrl;
        _cli.Environment["OPENAI_API_KEY"] = "sk-planted-key";
        return server;
    }
}
