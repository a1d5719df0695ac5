using Omega.Gpt.Providers;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Turns;

public sealed class TurnLoopTests
{
    private static readonly TokenUsage Usage = new(new InputTokens(10) { Uncached = 10 }, new OutputTokens(2));

    [Fact]
    public async Task Turn_WholeAnswer_EndsCompletedWithTextUsageAndHistory()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new StartedDelta("r1", "served-model", null), new TextDelta("Hel"), new TextDelta("lo"), new UsageDelta(Usage, 0.5m), Done())));

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Null(error);
        Assert.Equal(["TurnStarted", "StepStarted", "TextDelta", "UsageUpdated", "StepCompleted", "TurnCompleted"], Turn.Shape(events));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.Single(events.Select(e => e.Turn).Distinct());
        var completed = Assert.IsType<TurnCompletedEvent>(events[^1]);
        Assert.Equal("Hello", completed.Text);
        Assert.Equal("served-model", completed.Model);
        Assert.Equal("scripted", completed.Provider);
        Assert.Equal(Usage, completed.Usage);
        Assert.Equal(new Cost(0.5m, false, CostSource.Provider), completed.Cost);
        Assert.Equal([Role.User, Role.Assistant], gpt.Conversation.Messages.Select(m => m.Role));
        Assert.Equal(MessageState.Complete, gpt.Conversation.Messages[1].State);
    }

    [Fact]
    public async Task Turn_EndsWithoutTerminalDelta_IsInterruptedNeverCompleted()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new TextDelta("Hel"))));

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        var exception = Assert.IsType<GptException>(error);
        Assert.Equal(GptErrorKind.StreamInterrupted, exception.Kind);
        Assert.Equal("Hel", exception.PartialText);
        var failed = Assert.IsType<TurnFailedEvent>(events[^1]);
        Assert.Equal("Hel", failed.PartialText);
        Assert.DoesNotContain(events, e => e is TurnCompletedEvent or StepCompletedEvent);
        Assert.Equal(MessageState.Interrupted, gpt.Conversation.Messages[^1].State);
        Assert.Equal("Hel", gpt.Conversation.Messages[^1].Text);
    }

    [Fact]
    public async Task Turn_ErrorAfterTerminalDelta_Fails()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Breaks(
            new GptException(GptErrorKind.StreamInterrupted, "cut"), new CallStartedDelta(0, "f"), new CallArgumentsDelta(0, "{}"), Done(FinishReason.FunctionCalls))));

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.IsType<GptException>(error);
        Assert.DoesNotContain(events, e => e is TurnCompletedEvent or FunctionCallReadyEvent);
    }

    [Fact]
    public async Task Turn_DeltaAfterTerminalDelta_IsStreamProtocol()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new TextDelta("a"), Done(), new TextDelta("b"))));

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.StreamProtocol, Assert.IsType<GptException>(error).Kind);
        Assert.IsType<TurnFailedEvent>(events[^1]);
    }

    [Fact]
    public async Task Turn_NothingArrived_KeepsTheQuestionAndNoEmptyAnswer()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Breaks(new GptException(GptErrorKind.Overloaded, "busy"))));

        var (events, _) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.Overloaded, Assert.IsType<TurnFailedEvent>(events[^1]).Kind);
        Assert.Equal(Role.User, Assert.Single(gpt.Conversation.Messages).Role);
    }

    [Fact]
    public async Task Calls_WithoutHandlers_AreReadyInIndexOrderAndPending()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(
            new TextDelta("I look."),
            new CallStartedDelta(0, "price"), new CallStartedDelta(1, "news"),
            new CallArgumentsDelta(1, "{\"n\""), new CallArgumentsDelta(0, "{\"m\":\"BTC\"}"), new CallArgumentsDelta(1, ":3}"),
            Done(FinishReason.FunctionCalls))));

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Null(error);
        var turn = events[0].Turn;
        Assert.Equal([$"{turn}.1.0", $"{turn}.1.1"], events.OfType<FunctionCallReadyEvent>().Select(e => e.Call));
        Assert.Equal(["price", "news"], events.OfType<FunctionCallReadyEvent>().Select(e => e.Name));
        // Early, for showing: in the order in which they closed.
        Assert.Equal([$"{turn}.1.0", $"{turn}.1.1"], events.OfType<FunctionCallArgumentsCompletedEvent>().Select(e => e.Call));
        var completed = Assert.IsType<TurnCompletedEvent>(events[^1]);
        Assert.Equal(FinishReason.FunctionCalls, completed.FinishReason);
        Assert.Equal(["{\"m\":\"BTC\"}", "{\"n\":3}"], completed.Pending.Select(p => p.Arguments));
        Assert.Equal(["TextPart", "FunctionCallPart", "FunctionCallPart"], gpt.Conversation.Messages[^1].Parts.Select(p => p.GetType().Name));
    }

    [Theory]
    [InlineData(FinishReason.Length)]
    [InlineData(FinishReason.ContentFilter)]
    [InlineData(FinishReason.Refusal)]
    [InlineData(FinishReason.Other)]
    public async Task Calls_StepEndedOtherwise_AreRejectedNeverReady(FinishReason reason)
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new CallStartedDelta(0, "f"), new CallArgumentsDelta(0, "{}"), Done(reason))));

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Null(error);
        Assert.DoesNotContain(events, e => e is FunctionCallReadyEvent);
        Assert.Single(events.OfType<FunctionCallRejectedEvent>());
        var completed = Assert.IsType<TurnCompletedEvent>(events[^1]);
        Assert.Equal(reason, completed.FinishReason);
        Assert.Empty(completed.Pending);
    }

    [Theory]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1}}")]
    [InlineData("[1]")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("\"text\"")]
    public async Task Calls_ArgumentsNotAnObject_AreRejectedNeverReady(string arguments)
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new CallStartedDelta(0, "f"), new CallArgumentsDelta(0, arguments), Done())));

        var (events, _) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.DoesNotContain(events, e => e is FunctionCallReadyEvent);
        Assert.Equal(GptErrorKind.FunctionArguments, Assert.Single(events.OfType<FunctionCallRejectedEvent>()).Kind);
    }

    [Fact]
    public async Task Calls_EmptyArguments_MeanAnEmptyObjectOnlyAfterTheTerminalEvent()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new CallStartedDelta(0, "f"), Done())));

        var (events, _) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("{}", Assert.Single(events.OfType<FunctionCallReadyEvent>()).Arguments);
    }

    [Fact]
    public async Task Cancel_MidStream_EndsCancelledAndKeepsWhatArrived()
    {
        using var cancel = new CancellationTokenSource();
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new TextDelta("Hel"), new TextDelta("lo"), Done())));
        var events = new List<GptEvent>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var gptEvent in gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: cancel.Token))
            {
                events.Add(gptEvent);
                if (gptEvent is TextDeltaEvent)
                    await cancel.CancelAsync();
            }
        });

        Assert.Equal("Hel", Assert.IsType<TurnCancelledEvent>(events[^1]).PartialText);
        Assert.Equal(MessageState.Cancelled, gpt.Conversation.Messages[^1].State);
        Assert.Equal("Hel", gpt.Conversation.Messages[^1].Text);
    }

    [Fact]
    public async Task Dispose_MidStream_CancelsAndKeepsWhatArrived()
    {
        using var store = new TestKit.TempFolder();
        var files = new FileConversationStore(store.Path);
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new TextDelta("Hel"), new TextDelta("lo"), Done())), files);

        await foreach (var gptEvent in gpt.StreamTurnAsync(Message.User("Hi"), cancellationToken: TestContext.Current.CancellationToken))
        {
            if (gptEvent is TextDeltaEvent)
                break;
        }

        var stored = await files.LoadAsync(gpt.Conversation.Id, TestContext.Current.CancellationToken);
        Assert.Equal([MessageState.Complete, MessageState.Cancelled], stored!.Messages.Select(m => m.State));
        Assert.Equal("Hel", stored.Messages[^1].Text);
    }

    [Fact]
    public async Task Timeout_OfTheTurn_FailsWithThatPhase()
    {
        var clock = new TestKit.ClockDriver();
        var gpt = Turn.Gpt(new ScriptedProvider(Stalls), time: clock.Time);

        var turn = Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), new TurnOptions { Timeout = TimeSpan.FromSeconds(30) }, TestContext.Current.CancellationToken));
        var (events, error) = await clock.RunAsync(turn);

        Assert.Equal((GptErrorKind.Timeout, GptPhase.Turn), (Assert.IsType<GptException>(error).Kind, ((GptException)error).Phase));
        Assert.Equal("Hel", Assert.IsType<TurnFailedEvent>(events[^1]).PartialText);
        Assert.Equal(TimeSpan.FromSeconds(30), events[^1].At - events[0].At);

        static async IAsyncEnumerable<ModelDelta> Stalls(ModelRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            yield return new TextDelta("Hel");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        }
    }

    [Fact]
    public async Task Callback_IsAwaitedBeforeTheEventIsYielded()
    {
        var order = new List<string>();
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new TextDelta("a"), Done())));
        var options = new TurnOptions
        {
            StreamCallback = async (gptEvent, _) =>
            {
                await Task.Yield();
                order.Add($"callback {gptEvent.Sequence}");
            },
        };

        await foreach (var gptEvent in gpt.StreamTurnAsync(Message.User("Hi"), options, TestContext.Current.CancellationToken))
            order.Add($"event {gptEvent.Sequence}");

        Assert.Equal(Enumerable.Range(1, order.Count / 2).SelectMany(n => new[] { $"callback {n}", $"event {n}" }), order);
    }

    [Fact]
    public async Task Conversation_InTheMiddleOfATurn_IsBusyForAnother()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Says(new TextDelta("a"), Done()), Says(Done())));
        await using var first = gpt.StreamTurnAsync(Message.User("one"), cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await first.MoveNextAsync();

        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("two"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.ConversationBusy, Assert.IsType<GptException>(error).Kind);
        Assert.Empty(events);
    }

    [Fact]
    public async Task TurnId_SubmittedAgain_ReturnsTheFirstEventsAndAsksNobody()
    {
        using var folder = new TestKit.TempFolder();
        var provider = new ScriptedProvider(Says(new TextDelta("once"), Done()));
        var gpt = Turn.Gpt(provider, new FileConversationStore(folder.Path));
        var options = new TurnOptions { TurnId = "order 7/π" };

        var (first, _) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), options, TestContext.Current.CancellationToken));
        await gpt.SaveAsync(cancellationToken: TestContext.Current.CancellationToken);
        var (second, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), options, TestContext.Current.CancellationToken));

        Assert.Null(error);
        Assert.Single(provider.Requests);
        Assert.Equal(first.Select(GptJson.ToJson), second.Select(GptJson.ToJson));
        Assert.Equal(2, gpt.Conversation.Messages.Count);
    }

    [Fact]
    public async Task TurnId_InTheConversationWithoutItsEvents_IsRefusedNotRunAgain()
    {
        var provider = new ScriptedProvider(Says(new TextDelta("once"), Done()), Says(new TextDelta("twice"), Done()));
        var gpt = Turn.Gpt(provider);
        var options = new TurnOptions { TurnId = "order-7" };

        await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), options, TestContext.Current.CancellationToken));
        var (events, error) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Hi"), options, TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.BadRequest, Assert.IsType<GptException>(error).Kind);
        Assert.Empty(events);
        Assert.Single(provider.Requests);
    }

    [Fact]
    public async Task Results_HandedBack_ReachTheModelAfterTheirCalls()
    {
        var provider = new ScriptedProvider(
            Says(new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, "{}"), Done(FinishReason.FunctionCalls)),
            Says(new TextDelta("It is 5."), Done()));
        var gpt = Turn.Gpt(provider);

        var (first, _) = await Turn.RunAsync(gpt.StreamTurnAsync(Message.User("Price?"), cancellationToken: TestContext.Current.CancellationToken));
        var pending = Assert.Single(((TurnCompletedEvent)first[^1]).Pending);
        var results = Message.FunctionResults(new FunctionResultPart(pending.Call, pending.Name, System.Text.Json.JsonElement.Parse("5"u8)));
        var (second, error) = await Turn.RunAsync(gpt.StreamTurnAsync(results, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Null(error);
        Assert.Equal("It is 5.", Turn.TextOf(second));
        Assert.Equal([Role.User, Role.Assistant, Role.Function], provider.Requests[1].Messages.Select(m => m.Role));
    }

    [Fact]
    public async Task StoredConversation_OpenedAgain_EqualsTheLiveOne()
    {
        using var folder = new TestKit.TempFolder();
        var provider = new ScriptedProvider(
            Says(new ReasoningDelta("hm"), new OpaqueDelta(new OpaquePart("scripted", "m", "thinking", "{ \"x\" : 1 }")), new TextDelta("one"), new UsageDelta(Usage, 0.25m), Done()),
            Says(new TextDelta("two")),
            Says(new CallStartedDelta(0, "f"), new CallArgumentsDelta(0, "{}"), Done()));
        var gpt = Turn.Gpt(provider, new FileConversationStore(folder.Path));
        for (var i = 0; i < 3; i++)
            await Turn.RunAsync(gpt.StreamTurnAsync(Message.User($"question {i}"), cancellationToken: TestContext.Current.CancellationToken));

        var stored = await new FileConversationStore(folder.Path).LoadAsync(gpt.Conversation.Id, TestContext.Current.CancellationToken);

        Assert.Equal(gpt.Conversation.ToJson(), stored!.ToJson());
        Assert.Equal(6, stored.Messages.Count);
    }
}
