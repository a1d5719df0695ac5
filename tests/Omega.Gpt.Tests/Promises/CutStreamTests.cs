using System.Globalization;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Promises;

/// <summary>Promise 1: a cut stream never looks complete.</summary>
public sealed class CutStreamTests(ITestOutputHelper output)
{
    private const int Edge = 8 * 1024;

    private static readonly bool EveryByte = int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) && rounds >= 50;

    public static TheoryData<string> Fixtures => [.. StreamFixtures.Names];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Fixture_CutAtEveryByte_NeverLooksComplete(string name)
    {
        var fixture = StreamFixtures.Get(name);
        await CutEverywhereAsync(fixture.Name, fixture.Wire, fixture.Bytes);
    }

    [Fact]
    public async Task RecordedStreams_CutAtEveryByte_NeverLookComplete()
    {
        Assert.SkipUnless(RecordedStreams.Available, RecordedStreams.WhyNot);
        var cuts = 0;
        foreach (var stream in RecordedStreams.All)
            cuts += await CutEverywhereAsync(stream.ToString(), stream.Wire, stream.Bytes);
        output.WriteLine($"{RecordedStreams.All.Count} recorded streams, {cuts} cuts: 0 completed, 0 ready");
    }

    [Fact]
    public async Task SeededCuts_OverSockets_NeverLookComplete()
    {
        var streams = StreamFixtures.All.Select(fixture => (fixture.Name, fixture.Wire, fixture.Bytes))
            .Concat(RecordedStreams.All.Select(stream => (Name: stream.ToString(), stream.Wire, stream.Bytes)))
            .Select(stream => (stream.Name, Truth: new StreamTruth(stream.Wire, stream.Bytes)))
            .ToList();
        var random = new Random(20261123);
        BodyEnd[] ends = [BodyEnd.EndCleanly, BodyEnd.CloseWithoutLastChunk, BodyEnd.Reset];
        const int Rounds = 500;
        await using var server = ModelServer.Start();
        for (var round = 0; round < Rounds; round++)
        {
            var (name, truth) = streams[random.Next(streams.Count)];
            var cut = random.Next(Limit(truth));
            var end = ends[random.Next(ends.Length)];
            server.Enqueue(Reply.Stream(truth.Bytes).CutAt(cut, end));
            var gpt = Turn.Gpt(WireEngines.Provider(truth.Wire, server.BaseUrl));

            var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

            // A reset may overtake what was sent before it; everything else arrives up to the cut.
            Check(truth, cut, events, error, $"{name}, {end} at {cut}", textMayBeShorter: end == BodyEnd.Reset);
        }

        output.WriteLine($"{Rounds} seeded cuts over sockets: 0 completed, 0 ready");
    }

    private async Task<int> CutEverywhereAsync(string name, Wire wire, byte[] bytes)
    {
        var truth = new StreamTruth(wire, bytes);
        var limit = Limit(truth);
        var cuts = CutsOf(limit);
        await Parallel.ForEachAsync(cuts, async (cut, token) =>
        {
            var gpt = WireEngines.InMemory(wire, bytes.AsMemory(0, cut));
            var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: token));
            Check(truth, cut, events, error, string.Create(CultureInfo.InvariantCulture, $"{name} cut at {cut}"));
        });

        // The control: the whole stream ends as it should, so the cuts above prove something.
        var (whole, wholeError) = await Turn.RunAsync(WireEngines.InMemory(wire, bytes).StreamTurnAsync(Message.User("Hi")));
        if (truth.Failed is null)
            Assert.True(whole[^1] is TurnCompletedEvent, $"{name}: whole, but ended with {GptJson.ToJson(whole[^1])}");
        else
            Assert.True(whole[^1] is TurnFailedEvent { Kind: not GptErrorKind.StreamInterrupted }, $"{name}: an in-band error, but ended with {GptJson.ToJson(whole[^1])} {wholeError?.Message}");
        output.WriteLine($"{name}: {cuts.Count} cuts of {limit}, 0 completed, 0 ready");
        return cuts.Count;
    }

    /// <summary>
    /// Every byte. Of what lies between the first and the last 8 KiB of a long stream, where hundreds of events are alike, each seventh;
    /// at full length every byte there, too.
    /// </summary>
    private static List<int> CutsOf(int limit) =>
        [.. Enumerable.Range(0, limit).Where(cut => EveryByte || cut < Edge || cut >= limit - Edge || cut % 7 == 0)];

    private static int Limit(StreamTruth truth) => truth.Failed ?? truth.Whole ?? throw new InvalidOperationException("The stream never ends.");

    private static void Check(StreamTruth truth, int cut, List<GptEvent> events, Exception? error, string what, bool textMayBeShorter = false)
    {
        var kind = (error as GptException)?.Kind;
        // A reset may even overtake the response's head.
        Assert.True(kind == GptErrorKind.StreamInterrupted || (textMayBeShorter && kind == GptErrorKind.Connection), $"{what}: ended with {error?.Message ?? "success"} ({kind})");
        Assert.True(events[^1] is TurnFailedEvent, $"{what}: last event {GptJson.ToJson(events[^1])}");
        foreach (var gptEvent in events)
            Assert.False(gptEvent is TurnCompletedEvent or FunctionCallReadyEvent or StepCompletedEvent or FunctionCallExecutingEvent, $"{what}: {GptJson.ToJson(gptEvent)}");
        var text = Turn.TextOf(events);
        var expected = truth.TextAt(cut);
        Assert.True(textMayBeShorter ? expected.StartsWith(text, StringComparison.Ordinal) : text == expected, $"{what}: expected text \"{expected}\", got \"{text}\"");
        Assert.Equal(text, ((TurnFailedEvent)events[^1]).PartialText);
    }
}
