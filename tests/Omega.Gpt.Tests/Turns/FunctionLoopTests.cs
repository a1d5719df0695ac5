using Omega.Gpt.Providers;
using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Turns;

/// <summary>Steps, calls, results, and again, until the model stops.</summary>
public sealed class FunctionLoopTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turn_WithCalls_RunsThemAndAsksAgainUntilTheModelStops()
    {
        var runs = new List<string>();
        var provider = new ScriptedProvider(
            Writes(("price", """{"symbol":"BTC"}"""), ("order", """{"symbol":"ETH","size":2}""")),
            Writes(("order", """{"symbol":"SOL"}""")),
            Answers("Done."));
        var gpt = Turn.Gpt(provider);

        var (events, error) = await RunAsync(gpt, new FunctionSet(Counting("price", runs, Pure), Counting("order", runs)));

        Assert.Null(error);
        Assert.Equal(["price {\"symbol\":\"BTC\"}", "order {\"symbol\":\"ETH\",\"size\":2}", "order {\"symbol\":\"SOL\"}"], runs);
        Assert.Equal(["price {\"symbol\":\"BTC\"}", "order {\"symbol\":\"ETH\",\"size\":2}"], Results(provider.Requests[1].Messages));
        Assert.Equal([Role.User, Role.Assistant, Role.Function, Role.Assistant, Role.Function], provider.Requests[2].Messages.Select(m => m.Role));
        var completed = Assert.IsType<TurnCompletedEvent>(events[^1]);
        Assert.Equal(("Done.", FinishReason.Stop, 3), (completed.Text, completed.FinishReason, completed.Steps));
        Assert.Empty(completed.Pending);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task SideEffect_OfAWholeStep_RunsAfterItsStepPureBefore()
    {
        var gpt = Turn.Gpt(new ScriptedProvider(Writes(("price", """{"symbol":"BTC"}"""), ("order", """{"symbol":"ETH"}""")), Answers("ok")));

        var (events, _) = await RunAsync(gpt, new FunctionSet(Counting("price", [], Pure), Counting("order", [])));

        var step = events.FindIndex(e => e is StepCompletedEvent);
        Assert.True(Index<FunctionCallExecutingEvent>(events, 0) < step, "the pure call began before its step ended");
        Assert.True(Index<FunctionCallExecutingEvent>(events, 1) > step, "the call with side effects began after its step ended");
        Assert.Equal(2, events.OfType<FunctionCallReadyEvent>().Count());
    }

    [Fact]
    public async Task Results_OfConcurrentCalls_GoToTheModelInCallOrder()
    {
        var gates = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var slow = Function("slow", async (_, _, token) => { await gates[0].Task.WaitAsync(token); return Json("\"slow\""); });
        var fast = Function("fast", (_, _, _) => { gates[0].SetResult(); return ValueTask.FromResult(Json("\"fast\"")); });
        var provider = new ScriptedProvider(Writes(("slow", """{"symbol":"A"}"""), ("fast", """{"symbol":"B"}""")), Answers("ok"));
        var gpt = Turn.Gpt(provider);

        // The first cannot end before the second has run, so they run at once.
        var (events, error) = await RunAsync(gpt, new FunctionSet(slow, fast));

        Assert.Null(error);
        Assert.Equal(["slow \"slow\"", "fast \"fast\""], Results(provider.Requests[1].Messages));
    }

    [Fact]
    public async Task Progress_IsShownBeforeTheResult()
    {
        var steps = Function("scan", async (_, context, token) =>
        {
            for (var i = 1; i <= 3; i++)
                await context.ReportAsync(Json($"{i}"), token);
            return Json("\"end\"");
        });
        var gpt = Turn.Gpt(new ScriptedProvider(Writes(("scan", """{"symbol":"A"}""")), Answers("ok")));

        var (events, _) = await RunAsync(gpt, new FunctionSet(steps));

        Assert.Equal(["1", "2", "3"], events.OfType<FunctionCallProgressEvent>().Select(e => e.Data.GetRawText()));
        Assert.Equal(
            ["FunctionCallExecuting", "FunctionCallProgress", "FunctionCallProgress", "FunctionCallProgress", "FunctionCallCompleted"],
            Turn.Shape(events).SkipWhile(name => name != "FunctionCallExecuting").TakeWhile(name => name != "StepStarted"));
    }

    [Fact]
    public async Task Call_WithoutHandler_IsPendingAfterTheOthersHaveRun()
    {
        var runs = new List<string>();
        var functions = new FunctionSet(Defined("ask_user")).With(Counting("price", runs));
        var gpt = Turn.Gpt(new ScriptedProvider(Writes(("ask_user", """{"symbol":"A"}"""), ("price", """{"symbol":"B"}"""))));

        var (events, error) = await RunAsync(gpt, functions);

        Assert.Null(error);
        Assert.Single(runs);
        var completed = Assert.IsType<TurnCompletedEvent>(events[^1]);
        Assert.Equal((FinishReason.FunctionCalls, "ask_user"), (completed.FinishReason, Assert.Single(completed.Pending).Name));
        Assert.Equal(["price {\"symbol\":\"B\"}"], Results(gpt.Conversation.Messages));
    }

    [Theory]
    [InlineData("prise", """{"symbol":"A"}""", "unknown_function", "Did you mean \"price\"?")]
    [InlineData("price", """{"symbol":7}""", "function_arguments", "/symbol")]
    [InlineData("price", """{"size":7}""", "function_arguments", "symbol")]
    [InlineData("price", """{"symbol":"A","side":"buy"}""", "function_arguments", "side")]
    [InlineData("price", """{"symbol":"A","symbol":"B"}""", "function_arguments", "symbol")]
    [InlineData("price", """{"symbol":"A"}}""", "function_arguments", "")]
    [InlineData("price", """{"symbol":"A","size":NaN}""", "function_arguments", "")]
    [InlineData("price", """{"symbol":"\ud83d"}""", "function_arguments", "")]
    [InlineData("price", """[]""", "function_arguments", "")]
    [InlineData("price", "", "function_arguments", "symbol")]
    public async Task Call_ThatCannotBeRun_IsToldToTheModelWhichMayRepairIt(string name, string arguments, string kind, string says)
    {
        var runs = new List<string>();
        var provider = new ScriptedProvider(Writes((name, arguments)), Writes(("price", """{"symbol":"A"}""")), Answers("ok"));
        var gpt = Turn.Gpt(provider);

        var (events, error) = await RunAsync(gpt, new FunctionSet(Counting("price", runs)));

        Assert.Null(error);
        Assert.Single(runs);
        Assert.Single(events.OfType<FunctionCallRejectedEvent>());
        var result = Assert.Single(provider.Requests[1].Messages.SelectMany(m => m.Parts.OfType<FunctionResultPart>()));
        Assert.True(result.IsError);
        Assert.Equal(kind, KindOf(result));
        Assert.Contains(says, result.Result.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(events, e => e is FunctionCallReadyEvent ready && ready.Call == result.Call);
    }

    [Fact]
    public async Task Arguments_WrongInTheMiddle_AreRejectedBeforeTheyEnd()
    {
        var provider = new ScriptedProvider(
            ScriptedProvider.Says(
                new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, "{\"symbol\":1"), new CallArgumentsDelta(0, "23}"), ScriptedProvider.Done(FinishReason.FunctionCalls)),
            Answers("ok"));
        var (events, _) = await RunAsync(Turn.Gpt(provider), new FunctionSet(Counting("price", [])));

        Assert.True(Index<FunctionCallRejectedEvent>(events, 0) < Index<FunctionCallArgumentsDeltaEvent>(events, 1), "rejected at the offending byte");
    }

    [Fact]
    public async Task AbortStepOnRejectedCall_StopsReadingAndAsksAgain()
    {
        var read = 0;
        var provider = new ScriptedProvider(Endless, Writes(("price", """{"symbol":"A"}""")), Answers("ok"));
        var gpt = Turn.Gpt(provider);
        var runs = new List<string>();

        var (events, error) = await RunAsync(gpt, new FunctionSet(Counting("price", runs)), new TurnOptions { Limits = new FunctionLimits { AbortStepOnRejectedCall = true } });

        Assert.Null(error);
        Assert.InRange(read, 0, 2);
        Assert.Single(runs);
        Assert.Equal(["price error", "price"], provider.Requests[2].Messages.SelectMany(m => m.Parts.OfType<FunctionResultPart>()).Select(r => r.IsError ? r.Name + " error" : r.Name));
        Assert.Equal(MessageState.Interrupted, gpt.Conversation.Messages[1].State);
        Assert.Contains(events, e => e is NoticeEvent { Code: "step_stopped" });

        async IAsyncEnumerable<ModelDelta> Endless(ModelRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            await Task.Yield();
            yield return new CallStartedDelta(0, "price");
            for (; ; read++)
                yield return new CallArgumentsDelta(0, read == 0 ? "{\"symbol\":" : "12");
        }
    }

    [Fact]
    public async Task Arguments_BeyondTheirBound_AreCutOffAndNotKept()
    {
        var provider = new ScriptedProvider(Endless, Answers("ok"));
        var gpt = Turn.Gpt(provider);

        var (events, error) = await RunAsync(gpt, new FunctionSet(Counting("price", [])), new TurnOptions { Limits = new FunctionLimits { MaxArgumentsLength = 100 } });

        Assert.Null(error);
        Assert.InRange(events.OfType<FunctionCallArgumentsDeltaEvent>().Sum(e => e.Delta.Length), 1, 100);
        Assert.Contains("longer than 100", Assert.Single(events.OfType<FunctionCallRejectedEvent>()).Message, StringComparison.Ordinal);

        static async IAsyncEnumerable<ModelDelta> Endless(ModelRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            await Task.Yield();
            yield return new CallStartedDelta(0, "price");
            while (true)
                yield return new CallArgumentsDelta(0, "          ");
        }
    }

    [Fact]
    public async Task Step_CutAfterAPureCall_KeepsWhatRanAndRunsNothingElse()
    {
        var runs = new List<string>();
        using var folder = new TempFolder();
        var provider = new ScriptedProvider(ScriptedProvider.Says(
            new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, """{"symbol":"A"}"""), new CallStartedDelta(1, "order"), new CallArgumentsDelta(1, """{"symbol":"A"}""")));
        var gpt = Turn.Gpt(provider, new FileConversationStore(folder.Path));

        var (events, error) = await RunAsync(gpt, new FunctionSet(Counting("price", runs, Pure), Counting("order", runs)));

        Assert.Equal(GptErrorKind.StreamInterrupted, Assert.IsType<GptException>(error).Kind);
        Assert.DoesNotContain(runs, run => run.StartsWith("order", StringComparison.Ordinal));
        Assert.DoesNotContain(events, e => e is FunctionCallReadyEvent);
        var stored = await new FileConversationStore(folder.Path).LoadAsync(gpt.Conversation.Id, None);
        Assert.Equal(Script.Show(gpt.Conversation.Messages), Script.Show(stored!.Messages));
    }

    [Fact]
    public async Task Stored_AfterATurnWithCalls_EqualsTheLiveConversation()
    {
        using var folder = new TempFolder();
        var provider = new ScriptedProvider(
            Writes(("price", """{"symbol":"A"}"""), ("price", """{"symbol":7}"""), ("nothing", "{}"), ("fails", """{"symbol":"B"}""")),
            Answers("ok"),
            ScriptedProvider.Says(new CallStartedDelta(0, "price"), new CallArgumentsDelta(0, """{"symbol":"""), ScriptedProvider.Done(FinishReason.Length)));
        var gpt = Turn.Gpt(provider, new FileConversationStore(folder.Path));
        var functions = new FunctionSet(Counting("price", [], Pure), Function("fails", (_, _, _) => throw new InvalidOperationException("detail")));

        await RunAsync(gpt, functions);
        await RunAsync(gpt, functions);

        var stored = await new FileConversationStore(folder.Path).LoadAsync(gpt.Conversation.Id, None);
        Assert.Equal(Script.Show(gpt.Conversation.Messages), Script.Show(stored!.Messages));
        Assert.All(Unanswered(gpt.Conversation.Messages), Assert.Empty);
    }

    /// <summary>The calls of each whole message that have no result. Those of a message that broke off are never sent.</summary>
    internal static IEnumerable<string[]> Unanswered(IReadOnlyList<Message> messages)
    {
        var answered = messages.SelectMany(m => m.Parts.OfType<FunctionResultPart>()).Select(r => r.Call).ToHashSet();
        return messages.Where(m => m.State == MessageState.Complete).Select(m => m.Parts.OfType<FunctionCallPart>().Where(c => !answered.Contains(c.Call)).Select(c => c.Call).ToArray());
    }

    private static int Index<T>(List<GptEvent> events, int which)
        where T : GptEvent => events.IndexOf(events.OfType<T>().ElementAt(which));

    private static Task<(List<GptEvent> Events, Exception? Error)> RunAsync(RealTimeGpt gpt, FunctionSet functions, TurnOptions? options = null) =>
        Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", functions, options, None));
}
