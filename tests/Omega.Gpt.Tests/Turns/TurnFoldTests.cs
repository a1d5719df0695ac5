using Omega.Gpt.Turns;

namespace Omega.Gpt.Tests.Turns;

public sealed class TurnFoldTests
{
    private static readonly TurnHeader Header = Script.Header("t1");
    private static readonly TurnStartedEvent Started = new("c", "openai/gpt-4.1");
    private static readonly TokenUsage Small = Usage(10, 5);

    private static FoldedTurn Fold(params IEnumerable<object> entries) => TurnFold.Fold(Header, Script.Entries(entries));

    private static TokenUsage Usage(long input, long output) => new(new InputTokens(input) { Uncached = input }, new OutputTokens(output));

    private static Cost Usd(decimal usd) => new(usd, false, CostSource.Catalogue);

    private static Message Calls(params string[] calls) => new()
    {
        Role = Role.Assistant,
        Parts = [.. calls.Select(call => new FunctionCallPart(call, "f", "{}"))],
        FinishReason = FinishReason.FunctionCalls,
        Usage = Small,
        Cost = Usd(0.1m),
    };

    private static FunctionCallCompletedEvent Returned(string call, string json = "1") => new(call, "f", Script.Json(json), 1);

    /// <summary>Messages after the input, in one line each.</summary>
    private static string Show(FoldedTurn turn) => string.Join(" | ", turn.Messages.Skip(1).Select(message =>
        $"{message.Role} {message.State}: " + string.Join(", ", message.Parts.Select(part => part switch
        {
            TextPart text => text.Text,
            ReasoningPart reasoning => $"({reasoning.Text})",
            RefusalPart refusal => $"!{refusal.Text}",
            FunctionCallPart call => $"{call.Call} {call.Name} {call.Arguments}",
            FunctionResultPart result => $"{result.Call} -> {(result.IsError ? "error " : "")}{result.Result.GetRawText()}",
            _ => part.ToString(),
        }))));

    [Fact]
    public void Fold_NothingAfterTheHeader_KeepsTheInput()
    {
        var turn = Fold();
        var message = Assert.Single(turn.Messages);
        Assert.Equal((Role.User, "Hello", MessageState.Complete, "t1"), (message.Role, message.Text, message.State, message.Turn));
        Assert.Equal(("openai/gpt-4.1", Header.At, false), (turn.Model, turn.Updated, turn.Ended));
    }

    [Fact]
    public void Fold_WholeTurn_IsTheRecordedMessage()
    {
        var recorded = Script.Assistant("Hi you") with { Id = "m2", Usage = Small, Cost = Usd(0.1m), Turn = "t1" };
        var turn = Fold(Started, new StepStartedEvent(1), new TextDeltaEvent("Hi "), new TextDeltaEvent("you"), recorded, new StepCompletedEvent(1, FinishReason.Stop, null), Script.Completed("Hi you"));
        Assert.Equal(Script.Show([recorded]), Script.Show(turn.Messages.Skip(1)));
        Assert.Equal("m2", turn.Messages[1].Id);
        Assert.True(turn.Ended);
        Assert.Equal("openai/gpt-4.1", turn.Model);
    }

    [Fact]
    public void Fold_CutStream_IsInterruptedWithAllPartsInOrder() => Assert.Equal(
        "Assistant Interrupted: (hm so), Hello, 0 f {\"a\":, then, !no",
        Show(Fold(
            Started,
            new StepStartedEvent(1),
            new ReasoningDeltaEvent("hm"),
            new ReasoningDeltaEvent(" so"),
            new TextDeltaEvent("Hel"),
            new TextDeltaEvent("lo"),
            new FunctionCallStartedEvent("0", 0, "f"),
            new FunctionCallArgumentsDeltaEvent("0", "{\"a\""),
            new FunctionCallArgumentsDeltaEvent("0", ":"),
            new TextDeltaEvent("then"),
            new RefusalDeltaEvent("no"))));

    [Theory]
    [InlineData(GptErrorKind.Server, MessageState.Failed)]
    [InlineData(GptErrorKind.StreamInterrupted, MessageState.Interrupted)]
    [InlineData(GptErrorKind.Timeout, MessageState.Interrupted)]
    public void Fold_FailedTurn_MarksTheOpenMessage(GptErrorKind kind, MessageState state)
    {
        var turn = Fold(Started, new StepStartedEvent(1), new TextDeltaEvent("Hal"), Script.Failed(kind, "Hal"));
        Assert.Equal((state, "Hal", true), (turn.Messages[1].State, turn.Messages[1].Text, turn.Ended));
        Assert.Equal("openai/gpt-4.1", turn.Messages[1].Model);
    }

    [Fact]
    public void Fold_CancelledTurn_MarksTheOpenMessage() =>
        Assert.Equal("Assistant Cancelled: Hal", Show(Fold(Started, new StepStartedEvent(1), new TextDeltaEvent("Hal"), new TurnCancelledEvent("Hal", null, null))));

    [Fact]
    public void Fold_EndedBeforeAnythingCame_KeepsOnlyTheInput()
    {
        Assert.Single(Fold(Started, new StepStartedEvent(1), Script.Failed()).Messages);
        Assert.Single(Fold(Started, new StepStartedEvent(1), new TurnCancelledEvent("", Small, null)).Messages);
        Assert.Single(Fold(Started, new StepStartedEvent(1)).Messages);
    }

    [Fact]
    public void Fold_StepEndedBeforeItsMessageWasRecorded_IsComplete()
    {
        var turn = Fold(Started, new StepStartedEvent(1), new TextDeltaEvent("Hi"), new StepCompletedEvent(1, FinishReason.Length, "max_tokens"));
        Assert.Equal((MessageState.Complete, FinishReason.Length), (turn.Messages[1].State, turn.Messages[1].FinishReason));
    }

    [Fact]
    public void Fold_CompletedTurnWithoutARecordedMessage_IsComplete()
    {
        var turn = Fold(Started, new TextDeltaEvent("Hi"), Script.Completed("Hi") with { Model = "gpt-4.1-2025-04-14", Usage = Small, Cost = Usd(1) });
        Assert.Equal(
            (MessageState.Complete, FinishReason.Stop, "openai/gpt-4.1-2025-04-14", Small, Usd(1)),
            (turn.Messages[1].State, turn.Messages[1].FinishReason, turn.Messages[1].Model, turn.Messages[1].Usage, turn.Messages[1].Cost));
    }

    [Fact]
    public void Fold_ResultsWithoutTheirMessage_AreKept()
    {
        var turn = Fold(
            Started,
            new StepStartedEvent(1),
            Calls("0", "1", "2", "3"),
            new StepCompletedEvent(1, FinishReason.FunctionCalls, null),
            Returned("1", "{\"price\":1}"),
            new FunctionCallFailedEvent("0", "f", GptErrorKind.FunctionExecution, "it broke"),
            new FunctionCallRejectedEvent("2", "f", GptErrorKind.ApprovalDenied, "not today"),
            new FunctionCallExecutingEvent("3"));
        Assert.Equal(
            """Assistant Complete: 0 f {}, 1 f {}, 2 f {}, 3 f {} | Function Complete: 1 -> {"price":1}, 0 -> error {"error":{"kind":"function_execution","message":"f failed while it ran."}}, 2 -> error {"error":{"kind":"approval_denied","message":"not today"}}""",
            Show(turn));
        Assert.All(turn.Messages, message => Assert.Equal("t1", message.Turn));
    }

    [Fact]
    public void Fold_ResultsWithTheirMessage_AreNotRepeated()
    {
        var results = Message.FunctionResults(new FunctionResultPart("0", "f", Script.Json("1")));
        Assert.Equal("Assistant Complete: 0 f {} | Function Complete: 0 -> 1", Show(Fold(Started, Calls("0"), Returned("0"), results)));
        Assert.Equal("Assistant Complete: 0 f {} | Function Complete: 0 -> 1", Show(Fold(Started, Calls("0"), results, Returned("0"))));
    }

    [Fact]
    public void Fold_ResultsOnlyPartlyRecorded_KeepsTheRest() => Assert.Equal(
        "Assistant Complete: 0 f {}, 1 f {} | Function Complete: 1 -> 2 | Function Complete: 0 -> 1 | Assistant Interrupted: so",
        Show(Fold(Started, Calls("0", "1"), Returned("0", "1"), Returned("1", "2"), Message.FunctionResults(new FunctionResultPart("1", "f", Script.Json("2"))), new StepStartedEvent(2), new TextDeltaEvent("so"))));

    [Fact]
    public void Fold_SecondStepCut_KeepsResultsBetween() => Assert.Equal(
        "Assistant Complete: 0 f {} | Function Complete: 0 -> 1 | Assistant Interrupted: The ans",
        Show(Fold(Started, new StepStartedEvent(1), Calls("0"), Returned("0"), new StepStartedEvent(2), new TextDeltaEvent("The ans"))));

    [Fact]
    public void Fold_PureFunctionRanBeforeItsStepEnded_ResultFollowsTheCall() => Assert.Equal(
        "Assistant Interrupted: look, 0 f {\"a\":1} | Function Complete: 0 -> 7",
        Show(Fold(
            Started,
            new TextDeltaEvent("look"),
            new FunctionCallStartedEvent("0", 0, "f"),
            new FunctionCallArgumentsDeltaEvent("0", "{\"a\":1}"),
            new FunctionCallArgumentsCompletedEvent("0", "{\"a\":1}"),
            new FunctionCallExecutingEvent("0"),
            Returned("0", "7"))));

    [Fact]
    public void Fold_ResultReportedTwice_KeepsTheFirst() =>
        Assert.Equal("Assistant Complete: 0 f {} | Function Complete: 0 -> 1", Show(Fold(Started, Calls("0"), Returned("0", "1"), Returned("0", "2"))));

    [Fact]
    public void Fold_EmptyArgumentsMadeWholeByTheEndOfTheStep_AreTheReadyOnes() => Assert.Equal(
        "Assistant Complete: 0 f {}",
        Show(Fold(Started, new FunctionCallStartedEvent("0", 0, "f"), new FunctionCallReadyEvent("0", "f", "{}"), new StepCompletedEvent(1, FinishReason.FunctionCalls, null))));

    [Fact]
    public void Fold_RestartedStep_WritesItsCallsAnew() => Assert.Equal(
        "Assistant Interrupted: 0 g {\"b\":2}",
        Show(Fold(
            Started,
            new FunctionCallStartedEvent("0", 0, "f"),
            new FunctionCallArgumentsDeltaEvent("0", "{\"a"),
            new StreamInterruptedEvent(GptErrorKind.StreamInterrupted, 0),
            new FunctionCallStartedEvent("0", 0, "g"),
            new FunctionCallArgumentsDeltaEvent("0", "{\"b\":2}"))));

    [Fact]
    public void Fold_ResumedTurnAsksAStepAgain_KeepsBothTexts() => Assert.Equal(
        "Assistant Interrupted: Hal | Assistant Complete: Half and more",
        Show(Fold(Started, new StepStartedEvent(1), new TextDeltaEvent("Hal"), new StepStartedEvent(1), new TextDeltaEvent("Half and more"), Script.Assistant("Half and more"))));

    [Fact]
    public void Fold_SwitchedModel_NamesTheOneThatAnswered()
    {
        var turn = Fold(Started, new ModelSwitchedEvent("openai/gpt-4.1", "anthropic/claude", "overloaded"), new TextDeltaEvent("Hi"));
        Assert.Equal(("anthropic/claude", "anthropic/claude"), (turn.Model, turn.Messages[1].Model));
    }

    [Fact]
    public void Fold_UsageOfAnOpenStep_IsTheTotalLessTheRecordedSteps()
    {
        var turn = Fold(Started, Calls("0"), new StepStartedEvent(2), new TextDeltaEvent("Hi"), new UsageUpdatedEvent(Usage(30, 9), Usd(0.4m)), Script.Failed());
        Assert.Equal((Usage(20, 4), Usd(0.3m)), (turn.Messages[2].Usage, turn.Messages[2].Cost));
    }

    [Fact]
    public void Fold_UsageOfAnOpenStepNotReported_IsUnknown()
    {
        var turn = Fold(Started, new UsageUpdatedEvent(Small, Usd(0.1m)), Calls("0"), new StepStartedEvent(2), new TextDeltaEvent("Hi"), Script.Failed() with { Usage = Small, Cost = Usd(0.1m) });
        Assert.Equal((null, null), (turn.Messages[2].Usage, turn.Messages[2].Cost));
    }

    [Fact]
    public void Fold_UsageOfAnEarlierStepUnknown_IsUnknown()
    {
        var turn = Fold(Started, Calls("0") with { Usage = null, Cost = null }, new StepStartedEvent(2), new TextDeltaEvent("Hi"), new UsageUpdatedEvent(Small, Usd(1)));
        Assert.Equal((null, null), (turn.Messages[2].Usage, turn.Messages[2].Cost));
    }

    [Fact]
    public void Fold_UsageInTheEndAlone_GoesToTheOpenStep()
    {
        var turn = Fold(Started, new TextDeltaEvent("Hi"), new TurnCancelledEvent("Hi", Small, Usd(0.1m)));
        Assert.Equal((Small, Usd(0.1m)), (turn.Messages[1].Usage, turn.Messages[1].Cost));
    }

    [Fact]
    public void Fold_Updated_IsTheLastEvent() => Assert.Equal(Script.Start.AddSeconds(2), Fold(Started, new TextDeltaEvent("x"), Script.Assistant("x")).Updated);

    [Fact]
    public void Fold_EveryPrefix_HasAPrefixOfTheText()
    {
        object[] entries =
        [
            Started,
            new StepStartedEvent(1),
            new TextDeltaEvent("Let "),
            new ReasoningDeltaEvent("hm"),
            new TextDeltaEvent("me see. "),
            new FunctionCallStartedEvent("0", 0, "f"),
            new FunctionCallArgumentsDeltaEvent("0", "{}"),
            new FunctionCallReadyEvent("0", "f", "{}"),
            new Message { Role = Role.Assistant, Parts = [new TextPart("Let "), new ReasoningPart("hm"), new TextPart("me see. "), new FunctionCallPart("0", "f", "{}")] },
            new StepCompletedEvent(1, FinishReason.FunctionCalls, null),
            Returned("0"),
            Message.FunctionResults(new FunctionResultPart("0", "f", Script.Json("1"))),
            new StepStartedEvent(2),
            new TextDeltaEvent("It is "),
            new TextDeltaEvent("1."),
            Script.Assistant("It is 1."),
            new StepCompletedEvent(2, FinishReason.Stop, null),
            Script.Completed("Let me see. It is 1."),
        ];
        var shown = "";
        var earlier = "";
        for (var count = 0; count <= entries.Length; count++)
        {
            if (count > 0 && entries[count - 1] is TextDeltaEvent delta)
                shown += delta.Text;
            var text = string.Concat(Fold(entries.Take(count)).Messages.Skip(1).Select(message => message.Text));
            Assert.StartsWith(earlier, text, StringComparison.Ordinal);
            Assert.Equal(shown, text);
            earlier = text;
        }
    }
}
