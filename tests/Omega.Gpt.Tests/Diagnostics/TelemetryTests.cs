using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Omega.Gpt.Diagnostics;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Diagnostics;

/// <summary>One at a time: listeners and the switch for content are the process's own.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _figures = new();
    private readonly string _model = $"m-{Guid.NewGuid():N}";
    private readonly ActivityListener _listener;
    private readonly MeterListener _meters = new();

    public TelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GptTelemetry.Name,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Meter.Name == GptTelemetry.Name)
                meters.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        _meters.Start();
    }

    [Fact]
    public async Task RunAsync_TurnWithAFunctionAndARetry_TellsSpansAndFigures()
    {
        await RunAsync();

        var turn = Assert.Single(Spans("invoke_agent omega"));
        var calls = Spans($"chat {_model}");
        var function = Assert.Single(Spans("execute_tool act"));
        Assert.Equal(["rate_limit", null, null], calls.Select(call => call.GetTagItem("error.type")));
        Assert.All([.. calls, function], span => Assert.Equal(turn.SpanId, span.ParentSpanId));
        Assert.All(calls, call => Assert.Equal(ActivityKind.Client, call.Kind));
        Assert.Equal(10L, calls[2].GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal("answered-1", calls[2].GetTagItem("gen_ai.response.model"));
        Assert.Equal(0.5, calls[2].GetTagItem("gen_ai.request.temperature"));
        Assert.Equal(turn.GetTagItem("gen_ai.conversation.id"), calls[0].GetTagItem("gen_ai.conversation.id"));
        Assert.Equal("execute_tool", function.GetTagItem("gen_ai.operation.name"));
        Assert.Equal(3, Figures("gen_ai.client.operation.duration").Count());
        Assert.Equal(2, Figures("gen_ai.client.operation.time_to_first_chunk").Count());
        Assert.Equal([("input", 10.0), ("output", 5.0)], Figures("gen_ai.client.token.usage").Select(figure => ((string)figure.Tags["gen_ai.token.type"]!, figure.Value)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_Content_IsToldOnlyWhereItIsAskedFor(bool isAsked)
    {
        ContentCapture.IsOn = isAsked;
        await RunAsync();

        var told = string.Join('\n', _spans.Where(Ours).SelectMany(span => span.TagObjects).Select(tag => $"{tag.Key}={tag.Value}"));
        foreach (var secret in (string[])["the-question", "the-answer", "the-argument", "the-result"])
            Assert.Equal(isAsked, told.Contains(secret, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        ContentCapture.IsOn = false;
        _listener.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task RunAsync_CallsInABatch_HaveASpanEachWithItsOwnEnd()
    {
        Activity? current = null;
        var act = new GptFunction(new FunctionDefinition("act", null, JsonElement.Parse("""{"type":"object"}""")), (calls, _) =>
        {
            current = Activity.Current;
            calls[0].SetResult(JsonElement.Parse("\"the-result\""));
            calls[1].SetError("no");
            return ValueTask.CompletedTask;
        });

        await RunAsync(act, Says(new CallStartedDelta(0, "act"), new CallArgumentsDelta(0, "{}"), new CallStartedDelta(1, "act"), new CallArgumentsDelta(1, "{}"), Done(FinishReason.FunctionCalls)), Says(Done()));

        var turn = Assert.Single(Spans("invoke_agent omega"));
        var calls = Spans("execute_tool act").OrderBy(span => (string)span.GetTagItem("gen_ai.tool.call.id")!, StringComparer.Ordinal).ToList();
        Assert.Equal([null, "function_execution"], calls.Select(call => call.GetTagItem("error.type")));
        Assert.All(calls, call => Assert.Equal(turn.SpanId, call.ParentSpanId));
        Assert.Same(calls[0], current);
    }

    private Task RunAsync()
    {
        var act = new GptFunction(new FunctionDefinition("act", null, JsonElement.Parse("""{"type":"object"}""")), (_, _, _) => ValueTask.FromResult(JsonElement.Parse("\"the-result\"")));
        return RunAsync(
            act,
            Breaks(new GptException(GptErrorKind.RateLimit, "slow down") { IsRetryable = true, RetryAfter = TimeSpan.FromMilliseconds(1) }),
            Says(new CallStartedDelta(0, "act"), new CallArgumentsDelta(0, """{"a":"the-argument"}"""), Done(FinishReason.FunctionCalls)),
            Says(new StartedDelta("r", "answered-1", null), new TextDelta("the-answer"), new UsageDelta(new TokenUsage(new InputTokens(10), new OutputTokens(5)), null), Done()));
    }

    private async Task RunAsync(GptFunction act, params ScriptedProvider.Script[] steps)
    {
        var provider = new ScriptedProvider(steps);
        var registry = ProviderRegistry.Create();
        registry.Add(provider);
        var engine = new GptEngine(registry, pipeline: new GptPipelineOptions { Retry = new RetryOptions() });
        var (_, error) = await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("the-question")], new TurnOptions { Model = $"scripted/{_model}", Temperature = 0.5, Functions = new FunctionSet(act) }));
        Assert.Null(error);
    }

    private List<Activity> Spans(string name) => [.. _spans.Where(span => span.OperationName == name && Ours(span))];

    // Other tests run turns at the same time; theirs are of other models.
    private bool Ours(Activity span) => span.GetTagItem("gen_ai.request.model") as string == _model
        || _spans.Any(turn => turn.SpanId == span.ParentSpanId && turn.GetTagItem("gen_ai.request.model") as string == _model);

    private IEnumerable<(string Name, double Value, Dictionary<string, object?> Tags)> Figures(string name) =>
        _figures.Where(figure => figure.Name == name && figure.Tags["gen_ai.request.model"] as string == _model);

    private void Take(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var copy = new Dictionary<string, object?>();
        foreach (var (key, tag) in tags)
            copy[key] = tag;
        _figures.Enqueue((name, value, copy));
    }
}
