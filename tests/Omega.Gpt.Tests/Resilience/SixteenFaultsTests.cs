using System.Globalization;
using Omega.Gpt.Models;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience;

/// <summary>Sixteen faults of a first model with a healthy second one: each ends in the whole right answer, or in the right error.</summary>
public sealed class SixteenFaultsTests(ITestOutputHelper output)
{
    private const string Header = "| fault | asked first | asked second | s | outcome | answered by | rule |";

    public static TheoryData<string> Faults => [.. Scripts.Keys];

    private static Dictionary<string, Fault> Scripts { get; } = new()
    {
        ["1 429 with Retry-After 2 s, once"] = new(first => first.Enqueue(Reply.RateLimited(Wire.ChatCompletions, TimeSpan.FromSeconds(2)), Words.Answer()), First: 2, AtLeast: 2),
        ["2 429 without it, persistent"] = new(first => first.Respond(_ => Reply.RateLimited(Wire.ChatCompletions)), First: 4, Second: 1),
        ["3 500 once"] = new(first => first.Enqueue(Reply.OpenAIError(500, "Broken.", "server_error"), Words.Answer()), First: 2),
        ["4 503 persistent"] = new(first => first.Respond(_ => Down()), First: 4, Second: 1),
        ["5 reset before headers"] = new(first => first.Enqueue(Reply.ResetBeforeHead(), Words.Answer()), First: 2),
        ["6 no response at all"] = new(first => first.Respond(_ => Reply.Silence()), First: 4, Second: 1, AtLeast: 24),
        ["7 first token after 20 s"] = new(first => first.Enqueue(Reply.Stream(ChatCompletionsStream.Create("m1").Delay(TimeSpan.FromSeconds(20)).Text(Words.All()).Finish("stop").Usage(100, 60).Done())), First: 1, AtLeast: 20) { Notice = "slow_start" },
        ["8 cut after 40 of 60 tokens"] = new(first => first.Enqueue(Words.Cut(40), Words.Answer()), First: 2) { Method = "(c)" },
        ["8 cut, the server kept the answer"] = new(first => first.Enqueue(KeptAndCut(), KeptRest()), First: 2) { Method = "(a)", Wire = Wire.Responses, Options = Stored },
        ["8 cut, the model takes a prefix"] = new(first => first.Enqueue(Words.Cut(40), Words.Answer()), First: 2) { Method = "(c)", FirstInfo = Prefixed(Rig.FirstInfo) },
        ["8 cut behind a word, the model takes a prefix"] = new(first => first.Enqueue(CutBehindWord(), Words.Answer(words: [" ", .. Words.All(from: 40)])), First: 2) { Method = "(b)", FirstInfo = Prefixed(Rig.FirstInfo) },
        ["8 cut, and the second model says otherwise"] = new(first => first.Enqueue(Words.Cut(40)).Respond(_ => Down()), second => second.Respond(_ => Words.Answer("m2", Words.Otherwise())), First: 4, Second: 1) { Error = GptErrorKind.StreamInterrupted, Partial = 40 },
        ["9 stall of 30 s in mid-stream"] = new(first => first.Enqueue(Reply.Stream(Words.Begun(40).Delay(TimeSpan.FromSeconds(30)).Text(Words.All(from: 40)).Finish("stop").Done()), Words.Answer()), First: 2, AtLeast: 10) { Method = "(c)", AtMost = 29 },
        ["9 stall, and the second model says otherwise"] = new(first => first.Enqueue(Reply.Stream(Words.Begun(40)).Stall()).Respond(_ => Down()), second => second.Respond(_ => Words.Answer("m2", Words.Otherwise())), First: 4, Second: 1) { Error = GptErrorKind.StreamInterrupted, Partial = 40 },
        ["10 malformed chunk"] = new(first => first.Enqueue(Reply.Stream(Words.Begun(30).Event("{\"choices\":[{\"del")), Words.Answer()), First: 2) { Method = "(c)" },
        ["11 stream without [DONE]"] = new(first => first.Enqueue(Reply.Stream(ChatCompletionsStream.Create("m1").Text(Words.All()).Finish("stop").Usage(100, 60)), Words.Answer()), First: 2) { Method = "(c)" },
        ["11 no [DONE], and the second model says otherwise"] = new(first => first.Enqueue(Reply.Stream(ChatCompletionsStream.Create("m1").Text(Words.All()).Finish("stop"))).Respond(_ => Down()), second => second.Respond(_ => Words.Answer("m2", Words.Otherwise())), First: 4, Second: 1) { Error = GptErrorKind.StreamInterrupted, Partial = 60 },
        ["12 400 context length"] = new(first => first.Enqueue(Reply.OpenAIError(400, "This model's maximum context length is 100000 tokens.", code: "context_length_exceeded")), First: 1, Second: 1),
        ["13 400 content filter"] = new(first => first.Enqueue(Reply.OpenAIError(400, "The response was filtered.", code: "content_filter")), First: 1) { Error = GptErrorKind.ContentFilter },
        ["14 cut, the second model rejects a prefix"] = new(first => first.Enqueue(CutBehindWord()).Respond(_ => Down()), second => second.Respond(RejectsPrefix), First: 4, Second: 2) { Method = "(c)", SecondInfo = Prefixed(Rig.SecondInfo) },
        ["14 the same, and it says otherwise"] = new(first => first.Enqueue(CutBehindWord()).Respond(_ => Down()), second => second.Respond(request => LastIsAssistant(request) ? NoPrefix() : Words.Answer("m2", Words.Otherwise())), First: 4, Second: 2) { SecondInfo = Prefixed(Rig.SecondInfo), Error = GptErrorKind.StreamInterrupted, Partial = 40, EndsBehindWord = true },
        ["16 503, the second model and its usage reported"] = new(first => first.Respond(_ => Down()), First: 4, Second: 1),
    };

    private static TurnOptions Stored => new() { ExtraBody = new System.Text.Json.Nodes.JsonObject { ["store"] = true } };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_OfTheFirstModel_EndsAsItShould(string name)
    {
        var fault = Scripts[name];
        await using var rig = new Rig(wire: fault.Wire, first: fault.FirstInfo, second: fault.SecondInfo);
        fault.FirstServer(rig.First);
        (fault.SecondServer ?? (second => second.Respond(_ => Words.Answer("m2"))))(rig.Second);

        var told = await rig.AskAsync(fault.Options);

        output.WriteLine(Header);
        output.WriteLine(Row(name, told));
        foreach (var gptEvent in told.Events.Where(gptEvent => gptEvent is not TextDeltaEvent))
            output.WriteLine(GptJson.ToJson(gptEvent));
        Assert.Equal((fault.First, fault.Second), (told.First, told.Second));
        Assert.InRange(told.Seconds, fault.AtLeast, fault.AtMost);
        Assert.Equal(fault.Method, told.Methods);
        if (fault.Notice is not null)
            Assert.Contains(told.Events, gptEvent => gptEvent is NoticeEvent notice && notice.Code == fault.Notice);
        if (fault.Error is { } error)
            AssertFailed(told, error, fault);
        else
            AssertWhole(told, fault);
    }

    [Fact]
    public async Task PrimaryDown_ForAMinuteAndTwentyRequests_IsLeftAloneAndComeBackTo()
    {
        await using var rig = new Rig();
        var back = rig.Clock.Now.AddSeconds(60);
        rig.First.Respond(_ => rig.Clock.Now < back ? Down() : Words.Answer());
        rig.Second.Respond(_ => Words.Answer("m2"));
        output.WriteLine(Header);
        var whileDown = 0;
        var served = new List<string>();
        for (var turn = 1; turn <= 20 || rig.Clock.Now < back.AddSeconds(20); turn++)
        {
            var told = await rig.AskAsync();
            output.WriteLine(Row(string.Create(CultureInfo.InvariantCulture, $"15 request {turn}, {(rig.Clock.Now - back).TotalSeconds + 60:0.0} s"), told));
            Assert.Equal(Words.Whole, told.Completed!.Text);
            served.Add(told.Completed.Provider);
            if (rig.Clock.Now < back)
                whileDown += told.First;
            await rig.Clock.AdvanceAsync(TimeSpan.FromSeconds(3));
        }

        output.WriteLine($"{whileDown} requests to the first model while it was down");
        // Four in each of the first two turns, which opens the breaker, then one probe each 15 s.
        Assert.InRange(whileDown, 8, 12);
        Assert.Equal("first", served[^1]);
        Assert.Equal("second", served[15]);
    }

    private static void AssertWhole(TurnTold told, Fault fault)
    {
        Assert.Null(told.Error);
        Assert.Equal(Words.Whole, told.Text);
        var completed = Assert.IsType<TurnCompletedEvent>(told.Events[^1]);
        var (provider, model, cost) = fault.Second > 0 ? ("second", "m2", 0.0022m) : ("first", "m1", 0.00022m);
        Assert.Equal((Words.Whole, provider, model), (completed.Text, completed.Provider, completed.Model));
        Assert.Equal((100, 60), (completed.Usage!.Input.Total, completed.Usage.Output.Total));
        Assert.Equal(cost, completed.Cost!.Usd);
        Assert.Equal(fault.Second > 0, told.Events.OfType<ModelSwitchedEvent>().Any());
    }

    private static void AssertFailed(TurnTold told, GptErrorKind error, Fault fault)
    {
        Assert.Equal(error, ((GptException)told.Error!).Kind);
        var partial = Words.Some(fault.Partial);
        Assert.Equal(fault.EndsBehindWord ? partial.TrimEnd() : partial, told.Text);
        Assert.Equal(told.Text, told.Failed!.PartialText);
        if (fault.Partial > 0)
            Assert.Contains("WORD21", told.Failed.Message, StringComparison.Ordinal);
    }

    private static string Row(string name, TurnTold told) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {told.First} | {told.Second} | {told.Seconds:0.0} | {(told.Completed is not null ? "whole" : $"{told.Failed!.Kind}, {told.Failed.PartialText.Length} characters kept")} | {told.Completed?.Provider} | {told.Methods} |");

    private static ModelInfo Prefixed(ModelInfo info) => info with { Capabilities = new ModelCapabilities { PrefixContinuation = true } };

    private static Reply Down() => Reply.OpenAIError(503, "Overloaded.", "overloaded_error");

    private static Reply NoPrefix() => Reply.OpenAIError(400, "The last message must not be the assistant's.");

    private static bool LastIsAssistant(ReceivedRequest request) => request.Json.GetProperty("messages").EnumerateArray().Last().GetProperty("role").GetString() == "assistant";

    private static Reply RejectsPrefix(ReceivedRequest request) => LastIsAssistant(request) ? NoPrefix() : Words.Answer("m2");

    private static Reply CutBehindWord()
    {
        var words = Words.All(40);
        words[^1] = words[^1].TrimEnd();
        return Reply.Stream(ChatCompletionsStream.Create("m1").Text(words)).End(BodyEnd.CloseWithoutLastChunk);
    }

    private static ResponsesStream Kept() => ResponsesStream.Create("m1").Text(Words.All()).Complete(100, 60);

    // The chunks of the stream: two that begin it, two that begin the item, then a word each.
    private static Reply KeptAndCut() => Reply.Stream(Kept().Chunks.Take(4 + 40)).End(BodyEnd.CloseWithoutLastChunk);

    private static Reply KeptRest() => Reply.Stream(Kept().Chunks.Skip(4 + 40));

    /// <summary>A script of both servers, and what must come of it.</summary>
    private sealed record Fault(Action<ModelServer> FirstServer, Action<ModelServer>? SecondServer = null, int First = 0, int Second = 0, double AtLeast = 0)
    {
        public double AtMost { get; init; } = 100;

        public string Method { get; init; } = "";

        public string? Notice { get; init; }

        public GptErrorKind? Error { get; init; }

        /// <summary>Words that were shown before it failed.</summary>
        public int Partial { get; init; }

        public bool EndsBehindWord { get; init; }

        public Wire Wire { get; init; } = Wire.ChatCompletions;

        public TurnOptions? Options { get; init; }

        public ModelInfo? FirstInfo { get; init; }

        public ModelInfo? SecondInfo { get; init; }
    }
}
