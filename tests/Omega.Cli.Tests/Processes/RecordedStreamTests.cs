using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>Every recorded stream, served over a socket, through <c>omega ask --json --base-url</c>, against an independent reading of it.</summary>
public sealed class RecordedStreamTests
{
    public static IEnumerable<TheoryDataRow<string>> Names =>
        RecordedStreams.Available
            ? RecordedStreams.All.Select(stream => new TheoryDataRow<string>(stream.ToString()))
            : [new TheoryDataRow<string>("none") { Skip = RecordedStreams.WhyNot }];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ask_RecordedStream_GivesExactlyWhatItHolds(string name)
    {
        var stream = RecordedStreams.All.Single(recorded => recorded.ToString() == name);
        await using var server = ModelServer.Start();
        server.Enqueue(Reply.Stream(stream.Bytes));
        using var omega = new OmegaProcess();
        omega.Environment["OPENAI_API_KEY"] = omega.Environment["ANTHROPIC_API_KEY"] = "sk-test";
        var provider = stream.Wire switch { Wire.Anthropic => "anthropic", Wire.Responses => "openai-responses", _ => "compatible" };

        var result = await omega.RunAsync("", "ask", "--json", "-m", $"{provider}/{stream.Model}", "--base-url", server.BaseUrl, "Go on");

        var events = result.Lines.Select(line => GptJson.ParseEvent(line)).ToList();
        var facts = StreamFacts.Read(stream);
        Assert.Equal(facts.Text, string.Concat(events.OfType<TextDeltaEvent>().Select(delta => delta.Text)));
        Assert.Equal(facts.Reasoning, string.Concat(events.OfType<ReasoningDeltaEvent>().Select(delta => delta.Text)));
        if (stream.Holds.Contains("error"))
        {
            var failed = Assert.IsType<TurnFailedEvent>(events[^1]);
            var (kind, code) = stream.Wire == Wire.Responses ? (GptErrorKind.QuotaExceeded, 4) : (GptErrorKind.BadRequest, 1);
            Assert.Equal((kind, code), (failed.Kind, result.Code));
            Assert.Empty(events.OfType<FunctionCallReadyEvent>());
            return;
        }

        Assert.True(events[^1] is TurnCompletedEvent, result.Error);
        var completed = (TurnCompletedEvent)events[^1];
        Assert.Equal(facts.Calls, events.OfType<FunctionCallReadyEvent>().Select(call => (call.Name, call.Arguments)));
        Assert.Equal(facts.Calls, completed.Pending.Select(call => (call.Name, call.Arguments)));
        foreach (var call in completed.Pending)
            Assert.Equal(call.Arguments, Arguments(events, call));
        Assert.Equal((facts.Input, facts.Output), (completed.Usage?.Input.Total, completed.Usage?.Output.Total));
        Assert.Equal(facts.Text, completed.Text);
        if (stream.Name.EndsWith("refusal", StringComparison.Ordinal))
        {
            Assert.Equal((FinishReason.Refusal, 1), (completed.FinishReason, result.Code));
            Assert.Contains("restrictions on violative cyber content", string.Concat(events.OfType<RefusalDeltaEvent>().Select(delta => delta.Text)), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(0, result.Code);
        }
    }

    /// <summary>The arguments as they were streamed; an empty stream of them means <c>{}</c>.</summary>
    private static string Arguments(List<GptEvent> events, PendingCall call) =>
        string.Concat(events.OfType<FunctionCallArgumentsDeltaEvent>().Where(delta => delta.Call == call.Call).Select(delta => delta.Delta)) is { Length: > 0 } streamed ? streamed : "{}";
}
