using System.Buffers;
using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Recording.Format;

namespace Omega.Gpt.Tests.Recording;

public sealed class DeltaJsonTests
{
    public static TheoryData<ModelDelta> Deltas =>
    [
        new StartedDelta("r", null, "q"),
        new TextDelta("sæven \"\n\u2028") { WireSequence = 0 },
        new ReasoningDelta("hm") { WireSequence = 7 },
        new RefusalDelta("no"),
        new CallStartedDelta(0, "f"),
        new CallArgumentsDelta(1, "{\"a\":"),
        new CallEndedDelta(1),
        new OpaqueDelta(new OpaquePart("anthropic", "m", "thinking", """{"b": 1,  "a":2}""")) { Before = 2 },
        new UsageDelta(new TokenUsage(new InputTokens(5) { CacheRead = 2 }, new OutputTokens(3)), 0.000123m),
        new FinishedDelta(FinishReason.FunctionCalls, "tool_calls"),
        new NoticeDelta(new RetryScheduledEvent(2, 12.5, GptErrorKind.RateLimit)),
    ];

    [Theory]
    [MemberData(nameof(Deltas))]
    public void Write_AnyDelta_IsReadBackTheSame(ModelDelta delta)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            DeltaJson.Write(writer, delta);

        Assert.Equal(delta, DeltaJson.Read(JsonElement.Parse(buffer.WrittenSpan)));
    }

    [Fact]
    public void Deltas_OfTheHierarchy_AreAllTried() => Assert.Equal(
        typeof(ModelDelta).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ModelDelta))).Select(type => type.Name).Order(),
        Deltas.Select(row => row.Data.GetType().Name).Order());
}
