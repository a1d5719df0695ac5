using System.Runtime.CompilerServices;
using Omega.Gpt.Providers;
using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Turns;

public sealed class EarlyCallTimingTests
{
    private static readonly TimeSpan Chunk = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task TwoCalls_At20MsAChunk_ThePureOneEndsBeforeTheStepTheOtherBeginsAfterIt()
    {
        var clock = new ClockDriver();
        var price = Function(
            "price",
            async (arguments, _, token) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), clock.Time, token);
                return arguments;
            },
            Pure);
        var gpt = Turn.Gpt(new ScriptedProvider(Slow, Answers("ok")), time: clock.Time);

        var (events, error) = await clock.RunAsync(Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(price, Counting("order", [])))));

        Assert.Null(error);
        var stepEnd = events.OfType<StepCompletedEvent>().First().At;
        var began = events.OfType<FunctionCallExecutingEvent>().Select(e => e.At).ToList();
        var ended = events.OfType<FunctionCallCompletedEvent>().Select(e => e.At).ToList();
        // Its arguments are complete with the third chunk, at 60 ms; it takes 50 ms; the step goes on to 240 ms.
        Assert.Equal((60, 110, 240), (Since(began[0]), Since(ended[0]), Since(stepEnd)));
        Assert.True(began[1] >= stepEnd, $"the order began at {Since(began[1])} ms");

        double Since(DateTimeOffset at) => (at - events[0].At).TotalMilliseconds;

        async IAsyncEnumerable<ModelDelta> Slow(ModelRequest request, [EnumeratorCancellation] CancellationToken token)
        {
            ModelDelta[] deltas =
            [
                new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, "{\"symbol\":"), new CallArgumentsDelta(0, "\"BTC\"}"),
                new CallStartedDelta(1, "order"), .. "{\"symbol\"".Chunk(2).Select(piece => new CallArgumentsDelta(1, new string(piece))),
                new CallArgumentsDelta(1, ":\"BTC\"}"), new UsageDelta(new TokenUsage(new InputTokens(1), new OutputTokens(1)), null), ScriptedProvider.Done(FinishReason.FunctionCalls),
            ];
            foreach (var delta in deltas)
            {
                await Task.Delay(Chunk, clock.Time, token);
                yield return delta;
            }
        }
    }
}
