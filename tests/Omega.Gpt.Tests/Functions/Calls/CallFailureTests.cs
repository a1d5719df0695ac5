using System.Text.Json;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Functions.Calls;

/// <summary>What goes wrong in a function is told to the model in short and to the caller in full, and ends no turn.</summary>
public sealed class CallFailureTests
{
    private const string A = """{"symbol":"A"}""";

    public static TheoryData<string> Ways => ["throws", "undefined", "too large", "half a surrogate", "disposed", "gives up"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Handler_ThatFails_IsFunctionExecutionForModelAndCaller(string way)
    {
        FunctionHandler handler = way switch
        {
            "throws" => (_, _, _) => throw new InvalidOperationException("detail sk-abcdefghijklmnopqrstuvwx"),
            "undefined" => (_, _, _) => ValueTask.FromResult(default(JsonElement)),
            "too large" => (_, _, _) => ValueTask.FromResult(Json($"\"{new string('x', 100)}\"")),
            "half a surrogate" => (_, _, _) => ValueTask.FromResult(Json("\"\\ud83d\"")),
            "disposed" => (_, _, _) =>
            {
                using var document = JsonDocument.Parse("[1]");
                return ValueTask.FromResult(document.RootElement);
            }
            ,
            _ => (_, _, _) => throw new OperationCanceledException("by itself"),
        };

        var (events, told) = await RunAsync(Function("f", handler, new GptFunctionOptions { MaxResultBytes = 60 }));

        var failed = Assert.Single(events.OfType<FunctionCallFailedEvent>());
        Assert.Equal(GptErrorKind.FunctionExecution, failed.Kind);
        Assert.Equal("function_execution", KindOf(told));
        Assert.DoesNotContain("detail", told.Result.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("sk-abc", failed.Message, StringComparison.Ordinal);
        if (way == "throws")
            Assert.Contains("detail", failed.Message, StringComparison.Ordinal);
        Assert.IsType<TurnCompletedEvent>(events[^1]);
    }

    [Fact]
    public async Task Handler_ThatShowsItsErrors_TellsTheModelTheMessage()
    {
        var (_, told) = await RunAsync(Function("f", (_, _, _) => throw new InvalidOperationException("the market is closed"), new GptFunctionOptions { ShowsErrors = true }));

        Assert.Contains("the market is closed", told.Result.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FunctionEffect.Pure)]
    [InlineData(FunctionEffect.SideEffect)]
    public async Task Handler_BeyondItsTime_IsTimeoutThoughItNeverReturns(FunctionEffect effect)
    {
        var clock = new ClockDriver();
        var never = Function("f", async (_, _, _) => { await new TaskCompletionSource().Task; return default; }, new GptFunctionOptions { Effect = effect, Timeout = TimeSpan.FromSeconds(7) });

        var (events, told) = await RunAsync(never, clock);

        var failed = Assert.Single(events.OfType<FunctionCallFailedEvent>());
        Assert.Equal(GptErrorKind.Timeout, failed.Kind);
        Assert.Equal(effect == FunctionEffect.SideEffect, told.Result.GetRawText().Contains("may or may not", StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromSeconds(7), failed.At - events.OfType<FunctionCallExecutingEvent>().Single().At);
    }

    [Fact]
    public async Task Handler_ThatBlocksItsThread_StillMeetsItsTime()
    {
        using var release = new ManualResetEventSlim();
        var blocks = Function("f", (_, _, _) => { release.Wait(TimeSpan.FromSeconds(30), CancellationToken.None); return ValueTask.FromResult(Json("1")); }, new GptFunctionOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        var (events, _) = await RunAsync(blocks);
        release.Set();

        Assert.Equal(GptErrorKind.Timeout, Assert.Single(events.OfType<FunctionCallFailedEvent>()).Kind);
    }

    [Fact]
    public async Task MaxConcurrency_OfAFunction_IsKept()
    {
        var (running, most) = (0, 0);
        var gate = new Lock();
        var counts = Function(
            "f",
            async (_, _, _) =>
            {
                lock (gate)
                    most = Math.Max(most, ++running);
                await Task.Yield();
                lock (gate)
                    running--;
                return Json("1");
            },
            Pure with { MaxConcurrency = 2 });
        var gpt = Turn.Gpt(new ScriptedProvider(Writes([.. Enumerable.Range(0, 12).Select(i => ("f", $$"""{"symbol":"{{i}}"}"""))]), Answers("ok")));

        var (events, error) = await Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(counts)));

        Assert.Null(error);
        Assert.Equal(12, events.OfType<FunctionCallCompletedEvent>().Count());
        Assert.InRange(most, 1, 2);
    }

    private static async Task<(List<GptEvent> Events, FunctionResultPart Told)> RunAsync(GptFunction function, ClockDriver? clock = null)
    {
        var provider = new ScriptedProvider(Writes((function.Definition.Name, A)), Answers("ok"));
        var turn = Turn.RunAsync(Turn.Gpt(provider, time: clock?.Time).StreamWithFunctionsAsync("Go", new FunctionSet(function)));
        var (events, error) = clock is null ? await turn : await clock.RunAsync(turn);
        Assert.Null(error);
        var told = Assert.Single(provider.Requests[1].Messages.SelectMany(m => m.Parts.OfType<FunctionResultPart>()));
        Assert.True(told.IsError);
        return (events, told);
    }
}
