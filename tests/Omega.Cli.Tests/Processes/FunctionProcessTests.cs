using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>Functions from outside as a shell sees them: answers over lines of JSON, servers that die, signals.</summary>
public sealed class FunctionProcessTests : IAsyncLifetime
{
    private readonly OmegaProcess _omega = new();
    private readonly TempFolder _folder = new();
    private readonly ModelServer _server = ModelServer.Start();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _omega.Dispose();
        _folder.Dispose();
    }

    private string[] Model => ["-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl];

    private static string McpServer => $"test='{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"}' '{Path.Combine(AppContext.BaseDirectory, "omega-test-mcp.dll")}'";

    private void Answer(string function, string arguments, string text) => _server.Enqueue(
        Reply.Stream(ChatCompletionsStream.Create().Call(0, "call_1", function, arguments).Finish("tool_calls").Done()),
        Reply.Stream(ChatCompletionsStream.Create().Text(text).Finish("stop").Done()));

    [Theory]
    [InlineData("approve", "ordered")]
    [InlineData("deny", "")]
    public async Task Ask_JsonWithAnswersOnStandardInput_DoesWhatTheProgramSays(string decision, string expected)
    {
        await File.WriteAllTextAsync(_folder.At("functions.json"), $$"""[{"name": "order", "approval": true, "command": ["sh", "-c", "echo ordered > '{{_folder.At("orders")}}'"]}]""");
        Answer("order", "{}", "Well.");
        await using var run = _omega.Start(["ask", "Do it", .. Model, "--functions", _folder.At("functions.json"), "--json", "--approve", "ask"]);
        await run.Output.WaitForAsync(text => text.Contains("function_call.approval_required", StringComparison.Ordinal) && text.EndsWith('\n'));
        var question = run.Output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => GptJson.ParseEvent(line)).OfType<FunctionCallApprovalRequiredEvent>().Single();

        await run.WriteAsync($$"""{"approval": "{{question.Approval}}", "decision": "{{decision}}", "reason": "because"}""" + "\n");

        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Equal(expected, File.Exists(_folder.At("orders")) ? File.ReadAllText(_folder.At("orders")).Trim() : "");
        Assert.Equal(decision == "deny", run.Output.Text.Contains("it was denied: because", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chat_McpServerDies_TheCallFailsAndTheNextTurnSaysSo()
    {
        Answer("test_echo", """{"text":"hello"}""", "It said hello.");
        Answer("test_die", "{}", "It died.");
        Answer("test_echo", """{"text":"again"}""", "It is gone.");
        await using var run = _omega.Start(["chat", .. Model, "--mcp", McpServer, "--approve", "all"]);

        await run.WriteAsync("one\n");
        await run.Output.WaitForAsync("It said hello.");
        await run.WriteAsync("two\n");
        await run.Output.WaitForAsync("It died.");
        await run.WriteAsync("three\n");
        await run.Output.WaitForAsync("It is gone.");
        run.CloseInput();

        Assert.Equal(0, await run.WaitForExitAsync());
        var error = run.Error.Text;
        Assert.Contains("← test_echo \"hello\"", error, StringComparison.Ordinal);
        Assert.Contains("✗ test_die failed: The MCP server \"test\" has ended with exit code 7: out of paper", error, StringComparison.Ordinal);
        Assert.Contains("note: The MCP server \"test\" has ended with exit code 7: out of paper", error, StringComparison.Ordinal);
        Assert.Contains("✗ test_echo failed: The MCP server \"test\" has ended with exit code 7", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_SignalDuringACommand_EndsTheCommandToo()
    {
        await File.WriteAllTextAsync(_folder.At("functions.json"), $$"""[{"name": "wait", "effect": "pure", "command": ["sh", "-c", "echo $$ > '{{_folder.At("id.new")}}'; mv '{{_folder.At("id.new")}}' '{{_folder.At("id")}}'; exec sleep 1000"]}]""");
        Answer("wait", "{}", "never");
        await using var run = _omega.Start(["ask", "Do it", .. Model, "--functions", _folder.At("functions.json")]);
        run.CloseInput();
        await run.Error.WaitForAsync("→ wait {}");
        await Until(() => File.Exists(_folder.At("id")));
        var id = File.ReadAllText(_folder.At("id")).Trim();

        run.Send(ProcessSignal.Interrupt);

        Assert.Equal(130, await run.WaitForExitAsync());
        await Until(() => !Directory.Exists($"/proc/{id}"));
    }

    [Fact]
    public async Task Ask_TwoSignalsDuringASideEffect_EndAtOnceAndLeaveNothingRunning()
    {
        await File.WriteAllTextAsync(_folder.At("functions.json"), $$"""[{"name": "wait", "command": ["sh", "-c", "echo $$ > '{{_folder.At("id.new")}}'; mv '{{_folder.At("id.new")}}' '{{_folder.At("id")}}'; exec sleep 1000"]}]""");
        Answer("wait", "{}", "never");
        await using var run = _omega.Start(["ask", "Do it", .. Model, "--functions", _folder.At("functions.json")]);
        run.CloseInput();
        await Until(() => File.Exists(_folder.At("id")));
        var id = File.ReadAllText(_folder.At("id")).Trim();

        run.Send(ProcessSignal.Interrupt);
        await run.Error.WaitForAsync("still runs");
        run.Send(ProcessSignal.Interrupt);

        Assert.Equal(130, await run.WaitForExitAsync());
        await Until(() => !Directory.Exists($"/proc/{id}"));
    }

    private static async Task Until(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(Patience.Bound, TimeProvider.System);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, bound.Token);
    }
}
