using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;
using static Omega.Gpt.Tests.Functions.TestFunctions;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Resilience;

public sealed class ResumeTests
{
    private static GptException Cut => ScriptRig.Failure(GptErrorKind.StreamInterrupted);

    private static UsageDelta Usage(long input, long output) => new(new TokenUsage(new InputTokens(input), new OutputTokens(output)), null);

    private static OpaqueDelta State(string json, string provider = "first", string model = "m1") => new(new OpaquePart(provider, model, "thinking", json));

    [Fact]
    public async Task Cut_InTheText_GoesOnBehindWhatWasReproducedAndSaysSo()
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(
            Breaks(Cut, new StartedDelta("r1", "m1", null), Usage(5, 1), new TextDelta("Hello "), new TextDelta("wor")),
            Says(new StartedDelta("r2", "m1", null), Usage(7, 0), new TextDelta("Hell"), new TextDelta("o world"), new TextDelta("!"), Usage(7, 3), Done())));

        var (events, error) = await rig.AskAsync();

        Assert.Null(error);
        Assert.Equal(["Hello ", "wor", "ld", "!"], events.OfType<TextDeltaEvent>().Select(text => text.Text));
        var interrupted = Assert.Single(events.OfType<StreamInterruptedEvent>());
        Assert.Equal((GptErrorKind.StreamInterrupted, 9), (interrupted.Kind, interrupted.Characters));
        var resumed = Assert.Single(events.OfType<StreamResumedEvent>());
        Assert.Equal(("restart", true), (resumed.Method, resumed.Verified));
        var completed = Assert.IsType<TurnCompletedEvent>(events[^1]);
        Assert.Equal("Hello world!", completed.Text);
        // What the broken call had reported is not the answer's.
        Assert.Equal((7, 3), (completed.Usage!.Input.Total, completed.Usage.Output.Total));
        Assert.Equal("Hello world!", Assert.Single(rig.Conversation.Messages[^1].Parts.OfType<TextPart>()).Text);
    }

    [Fact]
    public async Task Cut_BeforeAnyText_IsRetriedWithoutAWord()
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(Breaks(Cut, new StartedDelta("r1", "m1", null), Usage(5, 0)), Answers("Yes.")));

        var (events, error) = await rig.AskAsync();

        Assert.Null(error);
        Assert.Equal(["TurnStarted", "StepStarted", "RetryScheduled", "TextDelta", "StepCompleted", "TurnCompleted"], Turn.Shape(events));
        Assert.Null(((TurnCompletedEvent)events[^1]).Usage);
    }

    [Fact]
    public async Task Cut_WhileItReproduces_IsTriedAgainFromTheBeginning()
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(
            Breaks(Cut, new TextDelta("abcdef")), Breaks(Cut, new TextDelta("abc")), Breaks(Cut, new TextDelta("abcdefgh")), Says(new TextDelta("abcdefghij"), Done())));

        var (events, error) = await rig.AskAsync();

        Assert.Null(error);
        Assert.Equal("abcdefghij", Turn.TextOf(events));
        Assert.Equal(2, events.OfType<StreamInterruptedEvent>().Count());
        Assert.Equal(2, events.OfType<StreamResumedEvent>().Count());
    }

    [Fact]
    public async Task Reasoning_IsNeitherComparedNorShownTwice()
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(
            Breaks(Cut, new ReasoningDelta("Let me see."), new TextDelta("4")),
            Says(new ReasoningDelta("Two and two"), new TextDelta("42"), new ReasoningDelta("Sure."), new TextDelta("."), Done())));

        var (events, error) = await rig.AskAsync();

        Assert.Null(error);
        Assert.Equal("42.", Turn.TextOf(events));
        Assert.Equal(["Let me see.", "Sure."], events.OfType<ReasoningDeltaEvent>().Select(reasoning => reasoning.Text));
    }

    [Fact]
    public async Task State_OfTheStreamBegunAnew_TakesThePlaceOfTheFirst()
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(
            Breaks(Cut, new ReasoningDelta("Hm."), State("1"), new TextDelta("A"), new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, "{\"symbol\"")),
            Says(new ReasoningDelta("Hm?"), State("2"), new TextDelta("A"), State("3"), new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, "{\"symbol\":\"BTC\"}"), State("4"), Done(FinishReason.FunctionCalls)),
            Answers("B")));

        var (_, error) = await rig.AskAsync(new TurnOptions { Functions = new FunctionSet(Counting("price", [])) });

        Assert.Null(error);
        var parts = rig.Conversation.Messages[1].Parts.Select(part => part switch
        {
            OpaquePart state => state.Json,
            FunctionCallPart call => call.Name + call.Arguments,
            TextPart text => text.Text,
            _ => part.GetType().Name,
        });
        Assert.Equal(["ReasoningPart", "2", "A", "3", "price{\"symbol\":\"BTC\"}", "4"], parts);
    }

    [Fact]
    public async Task PureCall_ThatRanBeforeTheCut_RunsOnceAndIsShownOnce()
    {
        List<string> runs = [];
        var calls = new ModelDelta[] { new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, "{\"symbol\":\"BTC\"}") };
        var second = new ModelDelta[] { new CallStartedDelta(1, "price"), new CallArgumentsDelta(1, "{\"symbol\":\"ETH\"}") };
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(
            Breaks(Cut, [.. calls, second[0]]), Says([.. calls, .. second, Done(FinishReason.FunctionCalls)]), Answers("ok")));

        var (events, error) = await rig.AskAsync(new TurnOptions { Functions = new FunctionSet(Counting("price", runs, Pure)) });

        Assert.Null(error);
        Assert.Equal(["price {\"symbol\":\"BTC\"}", "price {\"symbol\":\"ETH\"}"], runs);
        Assert.Equal(2, events.OfType<FunctionCallStartedEvent>().Count());
        Assert.Equal(2, events.OfType<FunctionCallReadyEvent>().Count());
    }

    [Theory]
    [InlineData("order", "{\"symbol\":\"BTC\"}")]
    [InlineData("price", "{\"symbol\":\"ETH\"}")]
    [InlineData(null, "")]
    public async Task Call_ThatIsAnotherOneTheSecondTime_FailsTheTurnAndRunsNothing(string? name, string arguments)
    {
        List<string> runs = [];
        var again = name is null ? [new TextDelta("No call.")] : new ModelDelta[] { new CallStartedDelta(0, name), new CallArgumentsDelta(0, arguments) };
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(
            Breaks(Cut, new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, "{\"symbol\":\"BTC\"")), Says([.. again, Done(FinishReason.FunctionCalls)])));

        var (events, error) = await rig.AskAsync(new TurnOptions { Functions = new FunctionSet(Counting("price", runs), Counting("order", runs)) });

        Assert.Equal(GptErrorKind.StreamInterrupted, ((GptException)error!).Kind);
        Assert.Contains("call of price", error.Message, StringComparison.Ordinal);
        Assert.Empty(runs);
        Assert.DoesNotContain(events, gptEvent => gptEvent is FunctionCallReadyEvent or FunctionCallExecutingEvent);
    }

    [Theory]
    [InlineData("Hello World", "\"wor\" was shown, now comes \"World\"")]
    [InlineData("Hello", "\" wor\" was shown, now comes the end of the answer")]
    public async Task Difference_FailsTheTurnWithBothTexts(string again, string said)
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(Breaks(Cut, new TextDelta("Hello wor")), Says(new TextDelta(again), Done())));

        var (events, error) = await rig.AskAsync();

        Assert.Contains(said, error!.Message, StringComparison.Ordinal);
        var failed = Assert.IsType<TurnFailedEvent>(events[^1]);
        Assert.Equal(("Hello wor", true), (failed.PartialText, failed.Retryable));
        Assert.Equal(MessageState.Interrupted, rig.Conversation.Messages[^1].State);
    }

    [Fact]
    public async Task Cut_WithoutResume_FailsWithThePartialText()
    {
        var rig = new ScriptRig(ScriptRig.Options with { Resume = false }, new ScriptedProvider(Breaks(Cut, new TextDelta("Hel"))));

        var (events, _) = await rig.AskAsync();

        Assert.Equal("Hel", Assert.IsType<TurnFailedEvent>(events[^1]).PartialText);
        Assert.DoesNotContain(events, gptEvent => gptEvent is StreamInterruptedEvent or RetryScheduledEvent);
    }

    [Fact]
    public async Task Prefix_IsGivenAsTheModelsOwnBeginning()
    {
        var info = new ModelInfo { Provider = "first", Name = "m1", Capabilities = new ModelCapabilities { PrefixContinuation = true } };
        var first = new ScriptedProvider(Breaks(Cut, new TextDelta("Hello wor")), Says(new TextDelta("ld!"), Done()));
        var rig = new ScriptRig(ScriptRig.Options, first, infos: [info]);

        var (events, error) = await rig.AskAsync();

        Assert.Null(error);
        Assert.Equal("Hello world!", Turn.TextOf(events));
        Assert.Equal("Hello wor", first.Requests[1].Messages[^1].Text);
        Assert.Equal(Role.Assistant, first.Requests[1].Messages[^1].Role);
        var resumed = Assert.Single(events.OfType<StreamResumedEvent>());
        Assert.Equal(("prefix", false), (resumed.Method, resumed.Verified));
    }

    [Theory]
    [InlineData("Hello ", false, false)] // white space at the end is refused as a prefix
    [InlineData("Hello", true, false)] // a model that reasons begins, it does not continue
    [InlineData("Hello", false, true)] // a call is never continued
    public async Task Prefix_WhereItWouldNotBeSafe_IsARestart(string text, bool reasons, bool calls)
    {
        var info = new ModelInfo { Provider = "first", Name = "m1", Capabilities = new ModelCapabilities { PrefixContinuation = true, Reasoning = reasons } };
        ModelDelta[] shown = calls ? [new TextDelta(text), new CallStartedDelta(0, "price")] : [new TextDelta(text)];
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(Breaks(Cut, shown), Says([.. shown, Done()])), infos: [info]);

        var (events, error) = await rig.AskAsync();

        Assert.Null(error);
        Assert.Equal("restart", Assert.Single(events.OfType<StreamResumedEvent>()).Method);
    }

    [Fact]
    public async Task Abandoned_WhileItWaitsToGoOn_LeavesNothingBehind()
    {
        var rig = new ScriptRig(ScriptRig.Options, new ScriptedProvider(Breaks(Cut, new TextDelta("Hel"))));
        var conversation = rig.Engine.NewConversation();

        await foreach (var gptEvent in rig.Engine.RunAsync(conversation, [Message.User("Go.")], cancellationToken: TestContext.Current.CancellationToken))
        {
            if (gptEvent is RetryScheduledEvent)
                break;
        }

        Assert.Equal((MessageState.Cancelled, "Hel"), (conversation.Messages[^1].State, conversation.Messages[^1].Text));
        Assert.Equal(0, rig.Clock.PendingTimers);
    }
}
