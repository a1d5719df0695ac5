using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Turns;

/// <summary>Every limit ends in an event and a typed error, and leaves a conversation that any provider takes.</summary>
public sealed class TurnLimitTests
{
    private const string A = """{"symbol":"A"}""";

    public static TheoryData<string, FunctionLimits, int> Limits => new()
    {
        { "steps", new FunctionLimits { MaxSteps = 3 }, 2 },
        { "calls of a step", new FunctionLimits { MaxCallsPerStep = 1 }, 0 },
        { "calls of a turn", new FunctionLimits { MaxCallsPerTurn = 3 }, 3 },
        { "identical calls", new FunctionLimits { MaxIdenticalCalls = 2 }, 4 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Limit_Reached_EndsTheTurnWithEveryCallAnswered(string what, FunctionLimits limits, int runsAllowed)
    {
        var runs = new List<string>();
        var step = 0;
        var perStep = what is "calls of a step" or "identical calls" ? 2 : 1;
        // Identical calls only where that is the limit in question.
        var provider = new ScriptedProvider([.. Enumerable.Range(0, 40).Select(_ => (ScriptedProvider.Script)((request, token) =>
            Writes([.. Enumerable.Range(0, perStep).Select(i => ("order", what == "identical calls" ? i == 0 ? A : """{"symbol":"B"}""" : $$"""{"symbol":"S{{++step}}"}"""))])(request, token)))]);
        var gpt = Turn.Gpt(provider);

        var (events, error) = await Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(Counting("order", runs)), new TurnOptions { Limits = limits }, TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.StepLimit, Assert.IsType<GptException>(error).Kind);
        Assert.Equal(GptErrorKind.StepLimit, Assert.IsType<TurnFailedEvent>(events[^1]).Kind);
        Assert.Equal(runsAllowed, runs.Count);
        Assert.Contains(events.OfType<FunctionCallRejectedEvent>(), e => e.Kind == GptErrorKind.StepLimit);
        Assert.All(FunctionLoopTests.Unanswered(gpt.Conversation.Messages), Assert.Empty);
    }

    [Fact]
    public async Task Repairs_Exhausted_EndTheTurn()
    {
        var provider = new ScriptedProvider([.. Enumerable.Range(0, 9).Select(_ => Writes(("order", """{"symbol":1}""")))]);
        var gpt = Turn.Gpt(provider);

        var (_, error) = await Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(Counting("order", [])), new TurnOptions { Limits = new FunctionLimits { MaxRepairs = 2 } }));

        Assert.Equal(GptErrorKind.StepLimit, Assert.IsType<GptException>(error).Kind);
        Assert.Equal(3, provider.Requests.Count);
        Assert.All(FunctionLoopTests.Unanswered(gpt.Conversation.Messages), Assert.Empty);
    }

    [Fact]
    public async Task Timeout_WhileAPureCallRuns_EndsTheTurnAtOnce()
    {
        var clock = new ClockDriver();
        var function = Function("wait", async (_, _, token) => { await Task.Delay(Timeout.InfiniteTimeSpan, clock.Time, token); return Json("1"); }, Pure with { Timeout = TimeSpan.FromHours(1) });
        var gpt = Turn.Gpt(new ScriptedProvider(Writes(("wait", A))), time: clock.Time);

        var (events, error) = await clock.RunAsync(Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(function), new TurnOptions { Timeout = TimeSpan.FromSeconds(30) })));

        Assert.Equal((GptErrorKind.Timeout, GptPhase.Turn), (Assert.IsType<GptException>(error).Kind, ((GptException)error).Phase));
        Assert.Equal(GptErrorKind.Cancelled, Assert.Single(events.OfType<FunctionCallFailedEvent>()).Kind);
        Assert.Equal(TimeSpan.FromSeconds(30), events[^1].At - events[0].At);
    }

    [Fact]
    public async Task Cancelled_WhileASideEffectRuns_GivesItItsTimeAndKeepsItsResult()
    {
        using var cancel = new CancellationTokenSource();
        var began = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var order = Function("order", async (_, _, token) =>
        {
            began.SetResult();
            await go.Task;
            Assert.False(token.IsCancellationRequested);
            return Json("\"filled\"");
        });
        var gpt = Turn.Gpt(new ScriptedProvider(Writes(("order", A))));
        var turn = Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(order), cancellationToken: cancel.Token));

        await began.Task;
        await cancel.CancelAsync();
        go.SetResult();
        var (events, error) = await turn;

        Assert.IsType<OperationCanceledException>(error, exactMatch: false);
        Assert.Single(events.OfType<FunctionCallCompletedEvent>());
        Assert.IsType<TurnCancelledEvent>(events[^1]);
        Assert.Equal(["order \"filled\""], Results(gpt.Conversation.Messages));
    }

    [Fact]
    public async Task Cancelled_AndTheSideEffectNeverEnds_IsOutcomeUnknown()
    {
        var clock = new ClockDriver();
        using var cancel = new CancellationTokenSource();
        var began = new TaskCompletionSource();
        var order = Function("order", async (_, _, _) => { began.SetResult(); await new TaskCompletionSource().Task; return default; }, new GptFunctionOptions { Timeout = TimeSpan.FromSeconds(20) });
        var gpt = Turn.Gpt(new ScriptedProvider(Writes(("order", A))), time: clock.Time);
        var turn = Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(order), cancellationToken: cancel.Token));

        await began.Task;
        await cancel.CancelAsync();
        var (events, _) = await clock.RunAsync(turn);

        Assert.Equal(GptErrorKind.OutcomeUnknown, Assert.Single(events.OfType<FunctionCallFailedEvent>()).Kind);
        Assert.IsType<TurnCancelledEvent>(events[^1]);
    }

    [Fact]
    public async Task Abandoned_WhileASideEffectRuns_RecordsItsEnd()
    {
        using var folder = new TempFolder();
        var files = new FileConversationStore(folder.Path);
        var go = new TaskCompletionSource();
        var order = Function("order", async (_, _, _) => { await go.Task; return Json("\"filled\""); });
        var gpt = Turn.Gpt(new ScriptedProvider(Writes(("order", A))), files);

        await foreach (var gptEvent in gpt.StreamWithFunctionsAsync("Go", new FunctionSet(order)))
        {
            if (gptEvent is not FunctionCallExecutingEvent)
                continue;
            go.SetResult();
            break;
        }

        var stored = await files.LoadAsync(gpt.Conversation.Id, TestContext.Current.CancellationToken);
        // It had been shown as running, so it was given its time, unless it had not begun yet.
        Assert.Equal(Script.Show(gpt.Conversation.Messages), Script.Show(stored!.Messages));
        Assert.Single(Results(stored.Messages));
    }
}
