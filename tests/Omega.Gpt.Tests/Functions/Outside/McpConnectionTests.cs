using System.Globalization;
using System.Text.Json;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Functions.Outside;

/// <summary>Against a real server over standard input and output, made with the official package; and against wrong ones.</summary>
public sealed class McpConnectionTests
{
    private readonly OutsideCall _call = new();

    private static McpOptions Server(params string[] arguments) => new("test", new McpProgram(new CommandOptions(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "omega-test-mcp.dll"), .. arguments])));

    private static Task<McpConnection> ConnectAsync(McpOptions options) => McpConnection.ConnectAsync(options, cancellationToken: TestContext.Current.CancellationToken).Soon();

    private ValueTask<JsonElement> CallAsync(McpConnection server, string name, string arguments = "{}", CancellationToken cancellationToken = default) =>
        _call.RunAsync(server.Functions.Single(function => function.Definition.Name == name), arguments, cancellationToken);

    private async Task<GptException> FailAsync(McpConnection server, string name) =>
        await Assert.ThrowsAsync<GptException>(() => CallAsync(server, name).AsTask().Soon());

    [Fact]
    public async Task Connect_SoundServer_ItsToolsAreFunctionsThatNeedApproval()
    {
        await using var server = await ConnectAsync(Server() with
        {
            Effects = new Dictionary<string, FunctionEffect> { ["add"] = FunctionEffect.Pure },
            Allow = ["add", "echo"],
            Prefix = "my-",
        });

        Assert.Equal(
            [("my-add", FunctionEffect.Pure, false), ("my-echo", FunctionEffect.SideEffect, true)],
            server.Functions.Select(function => (function.Definition.Name, function.Options.Effect, function.Options.RequiresApproval)));
        Assert.Equal("Adds two numbers.", server.Functions[0].Definition.Description);
        Assert.False(server.Functions[0].Definition.Parameters.GetProperty("additionalProperties").GetBoolean());
        Assert.Empty(server.Notes);
        Assert.Null(server.Ended);
    }

    [Fact]
    public async Task Call_Tools_ReturnWhatTheySayOrFail()
    {
        await using var server = await ConnectAsync(Server() with { RequiresApproval = false });

        Assert.Equal("""{"sum":3.5}""", (await CallAsync(server, "test_add", """{"a": 1, "b": 2.5}""")).GetRawText());
        Assert.Equal("grüße", (await CallAsync(server, "test_echo", """{"text": "grüße"}""")).GetString());
        Assert.Equal("a point\n[image image/png, 70 bytes]", (await CallAsync(server, "test_picture")).GetString());
        Assert.Equal(300_000, (await CallAsync(server, "test_big", """{"characters": 300000}""")).GetString()!.Length);
        Assert.Equal("the moon is not for sale", (await FailAsync(server, "test_refuse")).Message);
        Assert.Equal(GptErrorKind.FunctionExecution, (await FailAsync(server, "test_fail")).Kind);
        Assert.False(server.Functions[1].Options.RequiresApproval);
    }

    [Fact]
    public async Task Call_WithProgress_ReportsEachPartInOrder()
    {
        await using var server = await ConnectAsync(Server());

        Assert.Equal("counted to 50", (await CallAsync(server, "test_count", """{"to": 50}""")).GetString());

        Assert.Equal(Enumerable.Range(1, 50), _call.Reported.Select(part => (int)JsonElement.Parse(part).GetProperty("progress").GetDouble()));
        Assert.Equal("""{"progress":1,"total":50,"message":"at 1"}""", _call.Reported[0]);
    }

    [Fact]
    public async Task Call_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        await using var server = await ConnectAsync(Server());

        var sums = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => CallAsync(server, "test_add", $$"""{"a": {{i}}, "b": 1}""").AsTask())).Soon();

        Assert.Equal(Enumerable.Range(1, 40), sums.Select(sum => sum.GetProperty("sum").GetInt32()));
    }

    [Fact]
    public async Task Call_ServerDiesInTheMiddle_FailsAndSoDoesTheNextWithTheReason()
    {
        await using var server = await ConnectAsync(Server());

        var first = await FailAsync(server, "test_die");
        var next = await FailAsync(server, "test_add");

        Assert.Equal((GptErrorKind.Connection, "The MCP server \"test\" has ended with exit code 7: out of paper"), (first.Kind, first.Message));
        Assert.Equal((GptErrorKind.Connection, first.Message), (next.Kind, next.Message));
        Assert.Equal(first.Message, server.Ended);
    }

    [Fact]
    public async Task Call_ServerIsKilled_TheWaitingCallFails()
    {
        await using var server = await ConnectAsync(Server());
        var waiting = FailAsync(server, "test_hang");

        using (var process = System.Diagnostics.Process.GetProcessById(server.ProcessId!.Value))
            process.Kill();

        Assert.Equal(GptErrorKind.Connection, (await waiting).Kind);
        Assert.StartsWith("The MCP server \"test\" has ended with exit code 137", (await FailAsync(server, "test_echo")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_Cancelled_EndsAtOnceAndTheServerStays()
    {
        await using var server = await ConnectAsync(Server());
        using var cancel = new CancellationTokenSource();
        var hanging = CallAsync(server, "test_hang", cancellationToken: cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging.Soon());
        Assert.Equal("still here", (await CallAsync(server, "test_echo", """{"text": "still here"}""")).GetString());
    }

    [Fact]
    public async Task Dispose_Server_EndsIt()
    {
        var server = await ConnectAsync(Server());
        var id = server.ProcessId!.Value.ToString(CultureInfo.InvariantCulture);
        Assert.True(Directory.Exists($"/proc/{id}"));

        await server.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{id}"));
        Assert.Equal(GptErrorKind.Connection, (await FailAsync(server, "test_echo")).Kind);
    }

    [Fact]
    public async Task Connect_ServerWithUnusableTools_KeepsTheOthers()
    {
        await using var server = await ConnectAsync(Server("--raw", "schemas"));

        Assert.Equal(["test_good", "test_plain"], server.Functions.Select(function => function.Definition.Name));
        Assert.Equal(6, server.Notes.Count);
        Assert.All(server.Notes, note => Assert.StartsWith("MCP server \"test\": $.tools[", note, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_ServerOfTheFirstProtocol_Answers()
    {
        await using var server = await ConnectAsync(Server("--raw", "old"));

        Assert.Equal("""{"answer": 42}""", (await CallAsync(server, "test_call")).GetRawText());
    }

    [Fact]
    public async Task Connect_ListWithoutEnd_IsBounded()
    {
        await using var server = await ConnectAsync(Server("--raw", "pages"));

        Assert.Equal(64, server.Functions.Count);
        Assert.Contains("more pages", Assert.Single(server.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AnswerWithoutEnd_IsStoppedAtTheBound()
    {
        await using var server = await ConnectAsync(Server("--raw", "endless"));

        Assert.Equal(GptErrorKind.Connection, (await FailAsync(server, "test_call")).Kind);
        Assert.Equal("The MCP server \"test\" sent a message longer than 16 MiB and was ended", (await FailAsync(server, "test_call")).Message);
    }

    [Theory]
    [InlineData("gone", 30, GptErrorKind.Connection, "The MCP server \"test\" has ended with exit code 3: no licence found")]
    [InlineData("silent", 2, GptErrorKind.Timeout, "The MCP server \"test\" did not answer as one within 2 s.")]
    [InlineData("garbage", 2, GptErrorKind.Timeout, "The MCP server \"test\" did not answer as one within 2 s.")]
    public async Task Connect_NoServer_SaysWhy(string script, double seconds, GptErrorKind kind, string expected)
    {
        var error = await Assert.ThrowsAsync<GptException>(() => ConnectAsync(Server("--raw", script) with { ConnectTimeout = TimeSpan.FromSeconds(seconds) }));

        Assert.Equal((kind, GptPhase.Connect), (error.Kind, error.Phase));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<McpOptions, string> WrongOptions => new()
    {
        { Server() with { Name = "a b" }, "\"a b\" is not a name for an MCP server" },
        { Server() with { Prefix = "é" }, "\"é\" is not a prefix" },
        { Server() with { CallTimeout = TimeSpan.Zero }, "CallTimeout is 00:00:00" },
        { Server() with { ConnectTimeout = TimeSpan.FromHours(1) }, "ConnectTimeout is 01:00:00" },
        { Server() with { MaxResultBytes = 0 }, "MaxResultBytes is 0" },
        { new McpOptions("x", new McpAddress(new Uri("file:///etc/passwd"))), "The MCP server \"x\" has the address file:///etc/passwd" },
        { new McpOptions("x", new McpProgram(new CommandOptions("no-such-program"))), "there is no program \"no-such-program\" in PATH" },
        { new McpOptions("x", new McpAddress(new Uri($"http://127.0.0.1:{new RefusingPort().Port}/mcp"))), "The MCP server \"x\" could not be used: " },
    };

    [Theory]
    [MemberData(nameof(WrongOptions), DisableDiscoveryEnumeration = true)]
    public async Task Connect_WrongOptions_SaysWhich(McpOptions options, string expected)
    {
        var error = await Assert.ThrowsAsync<GptException>(() => ConnectAsync(options));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Options_ShowNoSecret()
    {
        var address = new McpAddress(new Uri("https://example.com/mcp")) { Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer secret" } };
        var program = new CommandOptions("server") { Environment = new Dictionary<string, string> { ["TOKEN"] = "secret" } };

        Assert.DoesNotContain("secret", new McpOptions("a", address).ToString() + new McpOptions("b", new McpProgram(program)), StringComparison.Ordinal);
    }
}
