using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>A recorded session, replayed by processes of their own.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const string Functions = """
        [{"name": "get_weather", "effect": "pure", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
          "command": ["sh", "-c", "cat > /dev/null; echo '{\"degrees\": 7}'"]}]
        """;

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

    [Fact]
    public async Task Replay_SessionWithFunctionsRetryAndParallelPair_IsTheSameToTheByteInTenProcesses()
    {
        var recorded = await RecordAsync();

        var replays = new List<CliResult>();
        for (var i = 0; i < 10; i++)
            replays.Add(await _omega.RunAsync("", "replay", _folder.At("session.jsonl"), "--json"));

        Assert.Contains("\"retry.scheduled\"", recorded, StringComparison.Ordinal);
        Assert.All(replays, replay =>
        {
            Assert.Equal("", replay.Error);
            Assert.Equal(0, replay.Code);
            Assert.Equal(recorded, replay.Output);
        });
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task Replay_ForAPerson_ShowsTheTurnAsItWas()
    {
        await RecordAsync();

        var shown = await _omega.RunAsync("", "replay", _folder.At("session.jsonl"));

        Assert.Equal(0, shown.Code);
        Assert.Contains("Seven in both.", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Oslo and Rome?", shown.Error, StringComparison.Ordinal);
        Assert.Contains("get_weather", shown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "--temperature", "0")]
    [InlineData(1, "--cache")]
    [InlineData(2, "--temperature", "0", "--no-cache")]
    [InlineData(2)]
    public async Task Ask_Twice_AsksTheModelAgainUnlessTheCacheMayAnswer(int requests, params string[] options)
    {
        var reply = Reply.Stream(ChatCompletionsStream.Create().Text("Four.").Finish("stop").Done());
        _server.Enqueue(reply, reply);
        string[] ask = ["ask", "2 + 2?", "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl, .. options];

        var first = await _omega.RunAsync("", ask);
        var second = await _omega.RunAsync("", ask);

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(requests, _server.Requests.Count);
        Assert.Equal(requests == 1, second.Error.Contains("from the cache", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ask_WithTheFlightRecorder_LeavesARecording()
    {
        _omega.Environment["OMEGA_FLIGHT_RECORDER"] = _folder.At("flight");

        var asked = await _omega.RunAsync("", "ask", "Hello", "-m", "offline/analyst", "--json");
        var file = Assert.Single(Directory.GetFiles(_folder.At("flight")));
        var replayed = await _omega.RunAsync("", "replay", file, "--json");

        Assert.Equal(asked.Output, replayed.Output);
    }

    private async Task<string> RecordAsync()
    {
        await File.WriteAllTextAsync(_folder.At("functions.json"), Functions);
        _server.Enqueue(
            Reply.RateLimited(Wire.ChatCompletions).WithRetryAfterMs(5),
            Reply.Stream(ChatCompletionsStream.Create().Call(0, "c1", "get_weather", "{\"city\":", "\"Oslo\"}").Call(1, "c2", "get_weather", "{\"city\":\"Rome\"}").FinishWithUsage("tool_calls", 20, 8).Done()),
            Reply.Stream(ChatCompletionsStream.Create().Text("Seven ", "in ", "both.").FinishWithUsage("stop", 40, 4).Done()));
        var asked = await _omega.RunAsync(
            "", "ask", "Oslo and Rome?", "-m", "compatible/omega-test-1", "--base-url", _server.BaseUrl, "--functions", _folder.At("functions.json"), "--json", "--record", _folder.At("session.jsonl"));
        Assert.Equal(0, asked.Code);
        return asked.Output;
    }
}
