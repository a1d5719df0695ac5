using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Commands;

public sealed class AskTests : IAsyncLifetime
{
    private readonly CliRun _cli = new();
    private readonly ModelServer _server = ModelServer.Start();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    private static ChatCompletionsStream Answer(params string[] pieces) =>
        ChatCompletionsStream.Create().Text(pieces).Finish("stop").Usage(12, 3).Done();

    private Task<CliResult> AskAsync(params string[] arguments) =>
        _cli.RunAsync(["ask", "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl, .. arguments]);

    [Fact]
    public async Task Ask_WithoutKey_TheOfflineAnalystAnswersAndSaysSo()
    {
        var result = await _cli.RunAsync("ask", "What can you do?");

        Assert.Equal(0, result.Code);
        Assert.Contains("no model wrote this answer", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("offline/analyst: There is no OPENAI_API_KEY", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_Answered_SplitsAnswerFromEverythingElse()
    {
        _server.Enqueue(Reply.Stream(Answer("Hel", "lo ", "wörld")));

        var result = await AskAsync("Say", "hello", "-s", "demo");

        Assert.Equal((0, "Hello wörld"), (result.Code, result.Output));
        Assert.StartsWith("compatible/omega-test-1: chosen with --model", result.Error, StringComparison.Ordinal);
        Assert.Contains("12 tokens in, 3 out · $? · session demo", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Error);
        var request = await _server.WaitForRequestAsync();
        Assert.Equal("Say hello", request.Json.GetProperty("messages")[0].GetProperty("content").GetString());
        Assert.Null(request.Header("authorization"));
    }

    [Fact]
    public async Task Ask_Quiet_WritesNothingButTheAnswer()
    {
        _server.Enqueue(Reply.Stream(Answer("Hello")));

        Assert.Equal(new CliResult(0, "Hello", ""), await AskAsync("Hi", "-q"));
    }

    [Fact]
    public async Task Ask_Json_EveryLineIsAnEventAndNothingElseIsWritten()
    {
        _server.Enqueue(Reply.Stream(Answer("Hel", "lo")));

        var result = await AskAsync("Hi", "--json");

        var events = result.Lines.Select(line => GptJson.ParseEvent(line)).ToList();
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(gptEvent => gptEvent.Sequence));
        Assert.Equal("Hello", string.Concat(events.OfType<TextDeltaEvent>().Select(delta => delta.Text)));
        Assert.Equal("Hello", Assert.IsType<TurnCompletedEvent>(events[^1]).Text);
    }

    [Theory]
    [InlineData("openai/gpt-4.1", GptErrorKind.Authentication, 4)]
    [InlineData("opnai/gpt-4.1", GptErrorKind.ModelNotFound, 2)]
    [InlineData("compatible/x", GptErrorKind.BadRequest, 2)]
    public async Task Ask_JsonTurnThatCannotBegin_IsOneFailedLine(string model, GptErrorKind kind, int code)
    {
        var result = await _cli.RunAsync("ask", "Hi", "--json", "-m", model);

        var failed = Assert.IsType<TurnFailedEvent>(GptJson.ParseEvent(Assert.Single(result.Lines)));
        Assert.Equal((code, kind), (result.Code, failed.Kind));
        Assert.Contains(failed.Message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_MissingKey_OneSentenceWithFourWays()
    {
        var result = await _cli.RunAsync("ask", "Hi", "-m", "openai/gpt-4.1", "-q");

        Assert.Equal((4, ""), (result.Code, result.Output));
        Assert.StartsWith("error: There is no key for openai: set OPENAI_API_KEY in the environment, put it into .env, store it (omega keys add openai), or give --api-key", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("error: --temperature is 3; allowed: a number from 0 to 2.", "--temperature", "3")]
    [InlineData("error: --temperature is \"hot\"; allowed: a number from 0 to 2.", "--temperature", "hot")]
    [InlineData("error: --max-tokens is 1.5; allowed: a whole number from 1.", "--max-tokens", "1.5")]
    [InlineData("error: --top-p is 0; allowed: a number above 0, up to 1.", "--top-p", "0")]
    [InlineData("error: --timeout is -1; allowed: a number above 0, up to 86400.", "--timeout", "-1")]
    [InlineData("error: --reasoning-effort is \"max\"; allowed: none, minimal, low, medium or high.", "--reasoning-effort", "max")]
    [InlineData("error: Unknown option --tempratur. Did you mean --temperature?", "--tempratur", "1")]
    [InlineData("error: Required argument missing for option: '-m'.", "-m")]
    [InlineData("error: --session names a session and --continue takes the last one", "-s", "x", "-c")]
    [InlineData("error: --functions and --no-functions contradict each other", "--functions", "x", "--no-functions")]
    [InlineData("error: \"a/b\" is not a conversation's name", "-s", "a/b")]
    [InlineData("error: --continue: there is no session yet", "-c")]
    [InlineData("error: --image: there is no file nowhere.png", "--image", "nowhere.png")]
    [InlineData("error: --results: there is no file nowhere.json", "--results", "nowhere.json")]
    [InlineData("error: --base-url says where, but not which model", "--base-url", "http://localhost:1")]
    [InlineData("error: Unknown provider \"opnai\". Did you mean \"openai\"?", "-m", "opnai/gpt-4.1")]
    public async Task Ask_WrongUse_SaysWhatAndExits2(string expected, params string[] arguments)
    {
        var result = await _cli.RunAsync(["ask", "Hi", .. arguments]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_Nothing_Exits2() => Assert.Equal(2, (await _cli.RunAsync("ask")).Code);

    [Fact]
    public async Task Ask_WordsBehindDoubleDash_AreThePrompt()
    {
        _server.Enqueue(Reply.Stream(Answer("ok")));

        Assert.Equal(0, (await AskAsync("--", "--what", "-is", "@this")).Code);

        Assert.Equal("--what -is @this", (await _server.WaitForRequestAsync()).Json.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    public static TheoryData<string, int, string> Failures => new()
    {
        { "unauthorized", 4, "" },
        { "quota", 4, "" },
        { "bad request", 1, "" },
        { "server", 1, "" },
        { "cut", 1, "Hel" },
        { "in-band error", 1, "Hel" },
        { "refusal", 1, "" },
        { "content filter", 1, "Hel" },
        { "length", 0, "Hel" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Ask_EachEnd_HasItsExitCodeAndKeepsThePart(string end, int code, string output)
    {
        var begun = ChatCompletionsStream.Create().Text("Hel");
        _server.Enqueue(end switch
        {
            "unauthorized" => Reply.Error(Wire.ChatCompletions, 401, "Incorrect API key provided."),
            "quota" => Reply.QuotaExceeded(),
            "bad request" => Reply.Error(Wire.ChatCompletions, 400, "Unsupported."),
            "server" => Reply.Html(502),
            "cut" => Reply.Stream(begun).End(BodyEnd.CloseWithoutLastChunk),
            "in-band error" => Reply.Stream(begun.Error("The server had an error.")),
            "refusal" => Reply.Stream(ChatCompletionsStream.Create().Refusal("I can't ", "help.").Finish("stop").Done()),
            "content filter" => Reply.Stream(begun.Finish("content_filter").Done()),
            _ => Reply.Stream(begun.Finish("length").Done()),
        });

        var result = await AskAsync("Hi", "-q", "-s", "demo");

        Assert.Equal((code, output), (result.Code, result.Output));
        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        var kept = await new FileConversationStore(_cli.Home).LoadAsync("demo");
        Assert.Equal(output, string.Concat(kept!.Messages.Where(message => message.Role == Role.Assistant).Select(message => message.Text)));
    }

    [Fact]
    public async Task Ask_NobodyListens_Exits3()
    {
        using var port = new RefusingPort();

        var result = await _cli.RunAsync("ask", "Hi", "-m", "compatible/x", "--base-url", port.BaseUrl);

        Assert.Equal((3, ""), (result.Code, result.Output));
    }

    [Fact]
    public async Task Ask_LongerThanTheTimeout_Exits124AndKeepsThePart()
    {
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("Hel")).Stall());

        var result = await AskAsync("Hi", "--timeout", "0.4", "-s", "demo");

        Assert.Equal((124, "Hel"), (result.Code, result.Output));
        Assert.Contains("took longer than 0.4 s", result.Error, StringComparison.Ordinal);
        Assert.Equal("Hel", (await new FileConversationStore(_cli.Home).LoadAsync("demo"))!.Messages[^1].Text);
    }

    [Fact]
    public async Task Ask_SameSession_SendsTheHistory()
    {
        _server.Enqueue(Reply.Stream(Answer("Lisbon")), Reply.Stream(Answer("Three")), Reply.Stream(Answer("Yes")));

        await AskAsync("Where?", "-s", "trip");
        await AskAsync("How many days?", "-s", "trip");
        await AskAsync("Sure?", "-c");

        var request = await _server.WaitForRequestAsync(3);
        Assert.Equal(["Where?", "Lisbon", "How many days?", "Three", "Sure?"], request.Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task Ask_PendingCallThenResults_HandsThemBack()
    {
        await File.WriteAllTextAsync(_cli.At("functions.json"), """[{"name":"get_weather","description":"Weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}]""");
        _server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Call(0, "call_1", "get_weather", "{\"city\":", "\"Oslo\"}").Finish("tool_calls").Done()),
            Reply.Stream(Answer("Four degrees.")));

        var first = await AskAsync("Weather?", "-s", "demo", "--functions", _cli.At("functions.json"));
        await File.WriteAllTextAsync(_cli.At("results.json"), """{"result":{"celsius":4}}""");
        var second = await AskAsync("-s", "demo", "--functions", _cli.At("functions.json"), "--results", _cli.At("results.json"));

        Assert.Equal((0, ""), (first.Code, first.Output));
        Assert.Contains("→ get_weather {\"city\":\"Oslo\"}", first.Error, StringComparison.Ordinal);
        Assert.Contains("omega ask -s demo --results results.json", first.Error, StringComparison.Ordinal);
        Assert.Equal((0, "Four degrees."), (second.Code, second.Output));
        var messages = (await _server.WaitForRequestAsync(2)).Json.GetProperty("messages");
        Assert.Equal("tool", messages[2].GetProperty("role").GetString());
        Assert.Equal(messages[1].GetProperty("tool_calls")[0].GetProperty("id").GetString(), messages[2].GetProperty("tool_call_id").GetString());
        Assert.Equal("{\"celsius\":4}", messages[2].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Ask_FunctionFileThatIsWrong_SaysFileLineAndExits2()
    {
        await File.WriteAllTextAsync(_cli.At("functions.json"), "[\n  {\"name\": 7}\n]");

        var result = await AskAsync("Hi", "--functions", _cli.At("functions.json"));

        Assert.Equal(2, result.Code);
        Assert.Contains("functions.json, line 2", result.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Ask_Key_IsSentWhereItBelongsAndNeverShown()
    {
        const string Key = "sk-omega-test-very-secret";
        _cli.Environment["OPENAI_API_KEY"] = Key;
        _server.Respond(request => Reply.OpenAIError(401, $"Incorrect API key provided: {request.Header("authorization")}"));

        var mine = await _cli.RunAsync("ask", "Hi", "-m", "openai/gpt-4.1", "--base-url", _server.BaseUrl, "--json");
        var theirs = await AskAsync("Hi");
        var given = await AskAsync("Hi", "--api-key", Key);
        var doctor = await _cli.RunAsync("doctor", "--json");

        Assert.Equal([$"Bearer {Key}", null, $"Bearer {Key}"], _server.Requests.Select(request => request.Header("authorization")));
        Assert.Contains("warning: --api-key can be read by others", given.Error, StringComparison.Ordinal);
        foreach (var result in (CliResult[])[mine, theirs, given, doctor])
            Assert.DoesNotContain("very-secret", result.Output + result.Error, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_cli.Home, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("very-secret", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ModelFromEachLayer_TheCommandLineWins()
    {
        _cli.Environment["OMEGA_BASE_URL"] = _server.BaseUrl;
        _server.Respond(_ => Reply.Stream(Answer("ok")));
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "omega.json"), """{ "model": "compatible/from-file", "system": "Be brief." }""");

        var file = await _cli.RunAsync("ask", "Hi");
        await File.WriteAllTextAsync(_cli.At(".env"), "OMEGA_MODEL=compatible/from-dotenv");
        var dotEnv = await _cli.RunAsync("ask", "Hi");
        _cli.Environment["OMEGA_MODEL"] = "compatible/from-environment";
        var environment = await _cli.RunAsync("ask", "Hi");
        await _cli.RunAsync("ask", "Hi", "-m", "compatible/from-command-line", "--system", "Be long.");

        Assert.Equal(["from-file", "from-dotenv", "from-environment", "from-command-line"], _server.Requests.Select(request => request.Json.GetProperty("model").GetString()));
        Assert.Equal(["Be brief.", "Be brief.", "Be brief.", "Be long."], _server.Requests.Select(request => request.Json.GetProperty("messages")[0].GetProperty("content").GetString()));
        Assert.Contains("compatible/from-file: chosen by \"model\" in", file.Error, StringComparison.Ordinal);
        Assert.Contains("compatible/from-dotenv: chosen by OMEGA_MODEL in .env", dotEnv.Error, StringComparison.Ordinal);
        Assert.Contains("compatible/from-environment: chosen by OMEGA_MODEL", environment.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_DotEnvSendsOnesOwnKeyElsewhere_IsWarnedOf()
    {
        _cli.Environment["OPENAI_API_KEY"] = "sk-test";
        await File.WriteAllTextAsync(_cli.At(".env"), $"OPENAI_BASE_URL={_server.BaseUrl}");
        _server.Enqueue(Reply.Stream(Answer("ok")));

        var result = await _cli.RunAsync("ask", "Hi", "-m", "openai/gpt-4.1", "-q");

        Assert.Contains($"warning: OPENAI_BASE_URL in .env sends OPENAI_API_KEY to 127.0.0.1:{_server.Port}.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_DamagedConfiguration_SaysWhereAndExits2()
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "omega.json"), "{\n  \"model\" \"x\"\n}");

        var result = await _cli.RunAsync("ask", "Hi");

        Assert.Equal(2, result.Code);
        Assert.Contains("omega.json:2:", result.Error, StringComparison.Ordinal);
    }
}
