using Omega.TestKit;

namespace Omega.Gpt.Tests.Recording;

public sealed class SessionReplayTests
{
    [Fact]
    public async Task RunAsync_FunctionsRetryAndParallelPair_GivesTheSameEventsToTheByte()
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();

        var again = await rig.ReplayAsync();

        Assert.Contains("\"retry.scheduled\"", again, StringComparison.Ordinal);
        Assert.Contains("\"function_call.progress\"", again, StringComparison.Ordinal);
        Assert.Contains("\"approval_denied\"", again, StringComparison.Ordinal);
        Assert.Equal(rig.Log.ToString(), again);
        Assert.Equal(5, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_WatcherLeavesAtAnyEvent_IsNoDifference()
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        var recording = SessionRecording.Load(rig.File);
        var count = recording.Turns[0].Events.Count;
        Assert.True(count > 10);

        for (var leaveAt = 1; leaveAt < count; leaveAt++)
        {
            using var stop = new CancellationTokenSource();
            var (left, cancelled) = (0, 0);
            await foreach (var gptEvent in new SessionReplay(recording).RunAsync(recording.Turns[0], TestContext.Current.CancellationToken))
            {
                if (++left == leaveAt)
                    break;
            }

            var error = await Record.ExceptionAsync(async () =>
            {
                await foreach (var gptEvent in new SessionReplay(recording).RunAsync(recording.Turns[0], stop.Token))
                {
                    if (++cancelled == leaveAt)
                        await stop.CancelAsync();
                }
            });
            // Behind the last of its work a turn completes.
            Assert.True(error is OperationCanceledException || (error is null && cancelled == count), $"left at {leaveAt} of {count}: {error}");
        }
    }

    public static TheoryData<string> Endings => ["cut", "cancelled", "cancelled in a function", "out of time", "repaired", "refused"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task RunAsync_TurnThatEndedOtherwise_EndsTheSameWay(string ending)
    {
        await using var rig = new RecordingRig();
        using var stop = new CancellationTokenSource();
        var gate = new Gate();
        var (options, reply) = ending switch
        {
            "cut" => (new TurnOptions(), ChatCompletionsStream.Create().Text("Half an ", "answer")),
            "cancelled" => (StopAt<TextDeltaEvent>(), ChatCompletionsStream.Create().Text("Half").Wait(gate).Text("more").Finish("stop").Done()),
            "cancelled in a function" => (StopAt<FunctionCallProgressEvent>(), ChatCompletionsStream.Create().Call(0, "c", "get_weather", """{"city":"Oslo"}""").Finish("tool_calls").Done()),
            "out of time" => (new TurnOptions { Timeout = TimeSpan.FromMilliseconds(300) }, ChatCompletionsStream.Create().Text("Half").Wait(gate)),
            "repaired" => (new TurnOptions(), ChatCompletionsStream.Create().Call(0, "c", "get_weather", """{"town":1}""").Finish("tool_calls").Done()),
            _ => (new TurnOptions(), ChatCompletionsStream.Create().Refusal("I will not.").Finish("stop").Done()),
        };
        rig.Server.Enqueue(
            ending == "cut" ? Reply.Stream(reply).End(BodyEnd.CloseWithoutLastChunk) : Reply.Stream(reply),
            Reply.OpenAIError(400, "Not again."));

        await rig.AskAsync("Go.", options with { Functions = RecordingRig.Functions }, stop.Token);
        gate.Open();
        var again = await rig.ReplayAsync();

        Assert.Equal(rig.Log.ToString(), again);

        TurnOptions StopAt<T>() => new()
        {
            StreamCallback = (gptEvent, _) =>
            {
                if (gptEvent is T)
                    stop.Cancel();
                return ValueTask.CompletedTask;
            },
        };
    }

    [Fact]
    public async Task RunAsync_EventThatComesOutOtherwise_FailsAndShowsBoth()
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        rig.Recorder.Dispose();
        var lines = await File.ReadAllLinesAsync(rig.File);
        var changed = Array.FindIndex(lines, line => line.Contains("\"text.delta\"", StringComparison.Ordinal) && line.Contains("both, ", StringComparison.Ordinal));
        lines[changed] = lines[changed].Replace("both, ", "none, ", StringComparison.Ordinal);
        await File.WriteAllTextAsync(rig.File, string.Join('\n', lines) + "\n");

        var exception = await Assert.ThrowsAsync<RecordingException>(rig.ReplayAsync);

        Assert.Contains("left the recording", exception.Message, StringComparison.Ordinal);
        Assert.Contains("none, ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("both, ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, null)]
    [InlineData(8, "messages[3].parts[0].result.degrees it had 7, now it has 8")]
    public async Task RunAsync_FunctionsRunAnew_FailWhereTheyReturnSomethingElse(int degrees, string? difference)
    {
        await using var rig = new RecordingRig();
        await rig.RunSessionAsync();
        rig.Recorder.Dispose();
        var recording = SessionRecording.Load(rig.File);
        var weather = RecordingRig.Functions.FindFunction("get_weather")!;
        var ran = 0;
        var live = new FunctionSet(new GptFunction(weather.Definition, (arguments, _, _) =>
        {
            Interlocked.Increment(ref ran);
            return ValueTask.FromResult(System.Text.Json.JsonElement.Parse($$"""{"city":{{arguments.GetProperty("city").GetRawText()}},"degrees":{{degrees}}}"""));
        }));

        var (events, error) = await Turns.Turn.RunAsync(new SessionReplay(recording) { Functions = live }.RunAsync(recording.Turns[0]));

        Assert.Equal(2, ran);
        if (difference is null)
            Assert.Equal("Let me look.Seven both, sæven.", Assert.IsType<TurnCompletedEvent>(events[^1]).Text);
        else
            Assert.Contains(difference, Assert.IsType<RecordingException>(error).Message, StringComparison.Ordinal);
    }
}
