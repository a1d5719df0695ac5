using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>What only a real process shows: pipes, signals, exit codes as a shell sees them.</summary>
public sealed class ProgramTests : IAsyncLifetime
{
    private readonly OmegaProcess _omega = new();
    private readonly ModelServer _server = ModelServer.Start();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _omega.Dispose();
    }

    private string[] Ask(params string[] arguments) => ["ask", "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl, "-s", "demo", .. arguments];

    private async Task<Message> KeptAsync() => (await new FileConversationStore(_omega.Home).LoadAsync("demo"))!.Messages[^1];

    [Fact]
    public async Task Ask_ArgumentsAndPipedInput_GoOutTogetherAndNoColourComesBack()
    {
        _omega.Environment["TERM"] = "xterm-256color";
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Reasoning("Hm.").Text("Fine").Finish("stop").Done()));

        var result = await _omega.RunAsync("line one\nline two\n", Ask("Summarise", "this:"));

        Assert.Equal((0, "Fine"), (result.Code, result.Output));
        Assert.Contains("Hm.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Error);
        Assert.Equal("Summarise this:\n\nline one\nline two", (await _server.WaitForRequestAsync()).Json.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Ask_EachDelta_IsInThePipeBeforeTheNextIsSent()
    {
        var (first, second) = (new Gate(), new Gate());
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("one ").Wait(first).Text("two ").Wait(second).Text("three").Finish("stop").Done()));
        await using var run = _omega.Start(Ask("Count"));
        run.CloseInput();

        Assert.Equal("one ", await run.Output.WaitForAsync("one "));
        first.Open();
        Assert.Equal("one two ", await run.Output.WaitForAsync("two "));
        second.Open();

        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Equal("one two three", run.Output.Text);
    }

    [Theory]
    [InlineData(ProcessSignal.Interrupt, 130)]
    [InlineData(ProcessSignal.Terminate, 143)]
    public async Task Ask_Signal_KeepsThePartAndExits(ProcessSignal signal, int code)
    {
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("half")).Stall());
        await using var run = _omega.Start(Ask("Hi"));
        run.CloseInput();
        await run.Output.WaitForAsync("half");

        run.Send(signal);

        Assert.Equal(code, await run.WaitForExitAsync());
        Assert.Equal("half", run.Output.Text);
        Assert.Contains("Stopped. What had arrived is kept in session demo.", run.Error.Text, StringComparison.Ordinal);
        var kept = await KeptAsync();
        Assert.Equal(("half", MessageState.Cancelled), (kept.Text, kept.State));
    }

    [Fact]
    public async Task Ask_ReaderLeaves_StopsAskingAndKeepsThePart()
    {
        var endless = new Gate();
        var stream = ChatCompletionsStream.Create().Text("first\n").Wait(endless);
        for (var i = 0; i < 500; i++)
            stream.Text($"line {i}\n").Delay(TimeSpan.FromMilliseconds(2));
        _server.Enqueue(Reply.Stream(stream).Stall());
        var dll = Path.Combine(AppContext.BaseDirectory, "omega.dll");
        await using var run = ProcessRun.Start("sh", ["-c", $"dotnet '{dll}' ask Hi -q -s demo -m compatible/x --base-url {_server.BaseUrl} < /dev/null | head -n 1; echo ended"], new ProcessRunOptions
        {
            // The tests' own folder of candles is no market for the program.
            Environment = new Dictionary<string, string?> { ["OMEGA_HOME"] = _omega.Home, ["OMEGA_FEED"] = "none", ["OMEGA_CANDLES"] = null },
        });
        run.CloseInput();
        try
        {
            await run.Output.WaitForAsync("first");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} It said: {run.Error.Text}", exception);
        }

        endless.Open();

        Assert.Equal(0, await run.WaitForExitAsync());

        Assert.Equal("first\nended\n", run.Output.Text);
        await (await _server.WaitForRequestAsync()).ClientAborted.Soon();
        Assert.StartsWith("first\n", (await KeptAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoArguments_PipedLines_ChatsAndKeepsTheSession()
    {
        _omega.Environment["OMEGA_MODEL"] = "compatible/omega-test-1";
        _omega.Environment["OMEGA_BASE_URL"] = _server.BaseUrl;
        _server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Text("Hello").Finish("stop").Done()),
            Reply.Stream(ChatCompletionsStream.Create().Text("Bye").Finish("stop").Done()));

        var result = await _omega.RunAsync("Hi\n\nSee you\nexit\nnever asked\n");

        Assert.Equal((0, "Hello\nBye\n"), (result.Code, result.Output));
        Assert.Contains("compatible/omega-test-1 answers: chosen by OMEGA_MODEL", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Error);
        Assert.Equal(3, (await _server.WaitForRequestAsync(2)).Json.GetProperty("messages").GetArrayLength());
        Assert.Equal(2, _server.Requests.Count);
    }
}
