using Omega.Cli.Tests.Commands.Backtest;
using Omega.Cli.Tests.Editing;
using Omega.Gpt;
using Omega.TestKit;
using Omega.Trading.Feeds;

namespace Omega.Cli.Tests.Chat;

/// <summary>A chat through a pipe, line by line, and at a terminal, key by key.</summary>
public sealed class ChatTests : IAsyncLifetime
{
    private readonly CliRun _cli = new();
    private readonly ModelServer _server = ModelServer.Start();

    public ValueTask InitializeAsync()
    {
        _cli.Environment["OMEGA_BASE_URL"] = _server.BaseUrl;
        _server.Respond(_ => Reply.Stream(ChatCompletionsStream.Create().Text("Fine").Finish("stop").Usage(12, 3).Done()));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    private static long Seed => new SimulatedFeedOptions().Seed;

    private Task<CliResult> ChatAsync(params string[] lines)
    {
        _cli.Typed = string.Join('\n', lines);
        return _cli.RunAsync("chat", "-m", "compatible/one");
    }

    private IEnumerable<string> Said(int request) =>
        _server.Requests[request].Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()!);

    [Fact]
    public async Task Lines_TurnsAndCommands_OnlyAnswersAreOutput()
    {
        var result = await ChatAsync("Hello", "/usage", "/functions", "//help", "/quit", "never asked");

        Assert.Equal((0, "Fine\nFine\n"), (result.Code, result.Output));
        Assert.DoesNotContain('\e', result.Output + result.Error);
        Assert.Contains("compatible/omega-test-1 · 1 turn · 12 tokens in, 3 out · $?", result.Error, StringComparison.Ordinal);
        Assert.Contains("There are no functions.", result.Error, StringComparison.Ordinal);
        Assert.Equal(["Hello", "Fine", "/help"], Said(1));
    }

    [Fact]
    public async Task UnknownCommand_IsToldAndTheChatGoesOn()
    {
        var result = await ChatAsync("/modle", "Hello");

        Assert.Equal("Fine\n", result.Output);
        Assert.Contains("error: Unknown command /modle. Did you mean /model?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_AnotherOne_AnswersFromThenOn()
    {
        var result = await ChatAsync("Hello", "/model compatible/two", "Hello", "/model openai/gpt-4.1", "Hello");

        Assert.Equal(["one", "two", "two"], _server.Requests.Select(request => request.Json.GetProperty("model").GetString()));
        Assert.Contains("compatible/two answers: chosen with /model", result.Error, StringComparison.Ordinal);
        Assert.Contains("There is no key for openai", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task System_Texts_GoBeforeEverything()
    {
        Directory.CreateDirectory(Path.Combine(_cli.Home, "prompts"));
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "prompts", "analyst.md"), "version: 7\nBe my analyst.");

        var result = await ChatAsync("/system Be brief.", "1", "/system none", "2", "/system analyst", "3");

        Assert.Equal(["Be brief.", "1"], Said(0));
        Assert.Equal(["1", "Fine", "2"], Said(1));
        Assert.Equal("Be my analyst.", Said(2).First());
        Assert.Contains("Instructions: analyst, version 7, ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveLoadClear_AConversation_ComesBackAsItWas()
    {
        var file = _cli.At("talk.json");

        var result = await ChatAsync("First", $"/save {file}", "/clear", "Second", $"/load {file}", "Third", $"/save {file}", "/load nothing");

        Assert.Equal(["Second"], Said(1));
        Assert.Equal(["First", "Fine", "Third"], Said(2));
        Assert.Contains("A new conversation. The one before is kept: /load ", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 question in: First", result.Error, StringComparison.Ordinal);
        Assert.Contains("There is neither a session nor a file \"nothing\".", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await Conversation.LoadAsync(file)).Messages.Count(message => message.Role == Role.User));
    }

    [Fact]
    public async Task Save_FileOfSomebodyElse_IsNotReplaced()
    {
        await File.WriteAllTextAsync(_cli.At("mine.txt"), "mine");

        var result = await ChatAsync("First", $"/save {_cli.At("mine.txt")}");

        Assert.Contains("exists and was not written by this chat", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_cli.At("mine.txt")));
    }

    [Fact]
    public async Task Load_SessionByName_GoesOn()
    {
        await _cli.RunAsync("ask", "Earlier", "-m", "compatible/one", "-s", "trip");

        var result = await ChatAsync("/load trip", "Later", "/load");

        Assert.Equal(["Earlier", "Fine", "Later"], Said(1));
        Assert.Contains("  trip  Earlier", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Market_Commands_ShowAndChangeIt()
    {
        _cli.Time = FixedClock.Usual;
        var file = _cli.At("ethusdt-1h.csv");
        await File.WriteAllTextAsync(file, CandleText.Walk(300));

        var result = await ChatAsync("/market", "/market sim:7", "/market", $"/market {file}", "/market sim:x", "/market nowhere.csv", "/functions");

        Assert.Contains("There is no market here", result.Error, StringComparison.Ordinal);
        Assert.Contains("SIM:7, a simulated market: its prices are made up", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"BTC/USD  [\d,.]+ USD at 2026-11-27 15:04 UTC", result.Error);
        Assert.Matches(@"replay:[0-9a-f]{12}, ETH/USDT from ", result.Error);
        Assert.Contains("The market is \"sim:x\". Allowed: sim, sim:SEED", result.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere.csv", result.Error, StringComparison.Ordinal);
        Assert.Contains("  analyze_market ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstRun_SaysWhatItIsWhoAnswersAndWhatToTry()
    {
        _cli.Environment.Remove("OMEGA_FEED");
        _cli.Time = FixedClock.Usual;

        var first = await ChatAsync("Hello");
        var second = await ChatAsync();

        Assert.StartsWith("Omega answers questions about the BTC market", first.Error, StringComparison.Ordinal);
        Assert.Contains("compatible/one answers: chosen with --model", first.Error, StringComparison.Ordinal);
        Assert.Contains($"The market is SIM:{Seed}, a simulated market", first.Error, StringComparison.Ordinal);
        Assert.Contains("  Analyze BTC market", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Analyze BTC market", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_AtATerminal_AskRecallAndLeave()
    {
        _cli.HasPerson = true;
        _cli.Pressed = [.. Keys.Typed("Hi\r"), Keys.Of(ConsoleKey.UpArrow), .. Keys.Typed(" again"), Keys.Of(ConsoleKey.Enter, ConsoleModifiers.Alt, '\r'), .. Keys.Typed("and more\r"), Keys.Control(ConsoleKey.D)];

        var result = await _cli.RunAsync("chat", "-m", "compatible/one");

        Assert.Equal(0, result.Code);
        Assert.Equal(["Hi", "Fine", "Hi again\nand more"], Said(1));
        Assert.Contains("compatible/one > ", result.Error, StringComparison.Ordinal);
        Assert.Equal("\"Hi\"\n\"Hi again\\nand more\"\n", await File.ReadAllTextAsync(Path.Combine(_cli.Home, "history")));
    }

    [Fact]
    public async Task Keys_CtrlCTwice_LeavesAndOnceOnlyDropsTheLine()
    {
        _cli.HasPerson = true;
        var stop = Keys.Control(ConsoleKey.C);
        _cli.Pressed = [.. Keys.Typed("never sent"), stop, .. Keys.Typed("Hi\r"), stop, stop, .. Keys.Typed("nor this\r")];

        var result = await _cli.RunAsync("chat", "-m", "compatible/one");

        Assert.Equal(ExitCode.Interrupted, result.Code);
        Assert.Equal(["Hi"], Said(0));
        Assert.Single(_server.Requests);
        Assert.Contains("Ctrl-C again leaves; so does Ctrl-D.", result.Error, StringComparison.Ordinal);
    }
}
