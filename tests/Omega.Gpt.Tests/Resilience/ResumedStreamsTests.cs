using System.Globalization;
using System.Net;
using System.Text.Json;
using Omega.Gpt.Tests.Promises;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience;

/// <summary>
/// Every stream of every wire, cut anywhere, then sent again whole: the turn ends as it would have without the cut, to the event and to the
/// part, state to send back included. Cut at every byte where OMEGA_ROUNDS is 50 or more, else at every eleventh.
/// </summary>
public sealed class ResumedStreamsTests(ITestOutputHelper output)
{
    private static readonly GptPipelineOptions Options = new()
    {
        Retry = new RetryOptions { Delay = TimeSpan.FromTicks(1), MaxDelay = TimeSpan.FromTicks(1), RetriesPerMinute = 10_000 },
        Resume = true,
    };

    private static readonly int Stride = int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) && rounds >= 50 ? 1 : 11;

    public static TheoryData<string> Fixtures => [.. StreamFixtures.Names];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Fixture_CutAndSentAgain_EndsAsIfItHadNotBeen(string name)
    {
        var fixture = StreamFixtures.Get(name);
        var truth = new StreamTruth(fixture.Wire, fixture.Bytes);
        var whole = await ToldAsync(fixture.Wire, fixture.Bytes);
        var limit = truth.Failed ?? truth.Whole!.Value;

        var cuts = (limit + Stride - 1) / Stride;
        await Parallel.ForAsync(0, cuts, async (place, _) =>
        {
            var cut = place * Stride;
            var resumed = await ToldAsync(fixture.Wire, fixture.Bytes.AsMemory(0, cut), fixture.Bytes);
            Assert.True(whole == resumed, string.Create(CultureInfo.InvariantCulture, $"{name} cut at {cut}\nwhole:   {whole}\nresumed: {resumed}"));
        });

        output.WriteLine($"{name}: {cuts} cuts, each rescued");
    }

    /// <summary>What a turn told, and what it left in the conversation, without numbers and times.</summary>
    private static async Task<string> ToldAsync(Wire wire, params ReadOnlyMemory<byte>[] bodies)
    {
        var client = new HttpClient(new Bodies(bodies));
        var provider = WireEngines.Provider(wire, "http://memory.invalid/v1", () => client);
        var gpt = new RealTimeGpt(Turn.Engine(provider, pipeline: Options));
        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi")));
        var text = string.Concat(events.OfType<TextDeltaEvent>().Select(e => e.Text));
        var refusal = string.Concat(events.OfType<RefusalDeltaEvent>().Select(e => e.Text));
        var calls = events.OfType<FunctionCallReadyEvent>().Select(call => $"{call.Call[^3..]} {call.Name} {call.Arguments}");
        var arguments = events.OfType<FunctionCallArgumentsDeltaEvent>().GroupBy(call => call.Call).Select(call => string.Concat(call.Select(delta => delta.Delta)));
        // What was shown of reasoning before the cut stays as it was; it is for people, and goes to nobody.
        var parts = gpt.Conversation.Messages[^1].Parts.Where(part => part is not ReasoningPart).Aggregate(new List<string>(), Join);
        var end = events[^1] switch
        {
            TurnCompletedEvent completed => $"{completed.FinishReason} {completed.Model} {completed.Usage} {completed.Text} {completed.Pending.Count}",
            TurnFailedEvent failed => $"{failed.Kind} {failed.PartialText}",
            var other => GptJson.ToJson(other),
        };
        return string.Join(" | ", (string[])[text, refusal, .. calls, .. arguments, .. parts, end, (error as GptException)?.Kind.ToString() ?? ""]).Replace(events[0].Turn, "turn", StringComparison.Ordinal);
    }

    // A text may be parted where the first stream had thought and the second had not yet; the model gets both as one.
    private static List<string> Join(List<string> parts, Part part)
    {
        if (part is TextPart text && parts is [.., var last] && last.StartsWith("text ", StringComparison.Ordinal))
            parts[^1] = last + text.Text;
        else
            parts.Add(part is TextPart first ? $"text {first.Text}" : part is FunctionCallPart call ? $"{call.Name} {call.Arguments}" : JsonSerializer.Serialize(part, GptJsonContext.Default.Part));
        return parts;
    }

    /// <summary>Gives one body a request; the last again and again.</summary>
    private sealed class Bodies(ReadOnlyMemory<byte>[] bodies) : HttpMessageHandler
    {
        private int _next;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = bodies[Math.Min(_next++, bodies.Length - 1)];
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new("text/event-stream") } } });
        }
    }
}
