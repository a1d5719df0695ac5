using Omega.Gpt.Tests.Turns;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Functions;

public sealed class FunctionBatchTests
{
    [Fact]
    public async Task Calls_OfOneStep_ArriveTogetherAndAreMatched()
    {
        var sizes = new List<int>();
        var batch = new GptFunction(Defined("prices"), (calls, _) =>
        {
            sizes.Add(calls.Count);
            // In another order than asked, with one bad call and one forgotten.
            foreach (var call in calls.Reverse())
            {
                switch (call.Arguments.GetProperty("symbol").GetString())
                {
                    case "BAD":
                        call.SetError("no such symbol");
                        break;
                    case "LOST":
                        break;
                    default:
                        call.SetResult(call.Arguments);
                        break;
                }
            }

            return ValueTask.CompletedTask;
        });
        var provider = new ScriptedProvider(
            Writes(("prices", """{"symbol":"A"}"""), ("prices", """{"symbol":7}"""), ("prices", """{"symbol":"BAD"}"""), ("prices", """{"symbol":"LOST"}"""), ("prices", """{"symbol":"B"}""")),
            Answers("ok"));

        var (events, error) = await Turn.RunAsync(Turn.Gpt(provider).StreamWithFunctionsAsync("Go", new FunctionSet(batch)));

        Assert.Null(error);
        Assert.Equal([4], sizes);
        Assert.Equal(
            ["""prices {"symbol":"A"}""", "prices error function_arguments", "prices error function_execution", "prices error function_execution", """prices {"symbol":"B"}"""],
            provider.Requests[1].Messages.SelectMany(m => m.Parts.OfType<FunctionResultPart>()).Select(part => part.IsError ? $"{part.Name} error {KindOf(part)}" : $"{part.Name} {part.Result.GetRawText()}"));
        Assert.Equal(4, events.OfType<FunctionCallExecutingEvent>().Count());
    }

    [Fact]
    public async Task Handler_ThatThrows_FailsOnlyCallsWithoutResult()
    {
        var batch = new GptFunction(Defined("prices"), (calls, _) =>
        {
            calls[0].SetResult(Json("1"));
            throw new InvalidOperationException("half way");
        });
        var provider = new ScriptedProvider(Writes(("prices", """{"symbol":"A"}"""), ("prices", """{"symbol":"B"}""")), Answers("ok"));

        await Turn.RunAsync(Turn.Gpt(provider).StreamWithFunctionsAsync("Go", new FunctionSet(batch)));

        Assert.Equal([false, true], provider.Requests[1].Messages.SelectMany(m => m.Parts.OfType<FunctionResultPart>()).Select(part => part.IsError));
    }

    [Fact]
    public async Task RunBatch_OfAProgram_ChecksEachCallAndKeepsTheOrder()
    {
        var runs = new List<string>();
        var engine = Turn.Engine(new ScriptedProvider());
        var functions = new FunctionSet(Defined("reported")).With(Counting("price", runs), Counting("order", runs, new GptFunctionOptions { RequiresApproval = true }));
        var events = new List<GptEvent>();

        var results = await engine.RunBatchAsync(
            functions,
            [new("price", """{"symbol":"A"}"""), new("prise", "{}"), new("price", """{"symbol":1}"""), new("order", """{"symbol":"A"}"""), new("reported", """{"symbol":"A"}"""), new("price", "")],
            new FunctionBatchOptions { StreamCallback = (e, _) => { events.Add(e); return ValueTask.CompletedTask; } });

        Assert.Equal(
            [null, GptErrorKind.UnknownFunction, GptErrorKind.FunctionArguments, GptErrorKind.ApprovalDenied, GptErrorKind.UnknownFunction, GptErrorKind.FunctionArguments],
            results.Select(result => result.Error));
        Assert.Single(runs);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task RunBatch_SubmittedAgain_AnswersFromTheLedger()
    {
        var runs = new List<string>();
        var ledger = new MemoryCallLedger();
        var engine = new GptEngine(Gpt.Providers.ProviderRegistry.Create(null), ledger: ledger);
        var functions = new FunctionSet(Counting("order", runs));
        FunctionCallRequest[] calls = [new("order", """{"symbol":"A","size":1}""")];

        var first = await engine.RunBatchAsync(functions, calls, new FunctionBatchOptions { Id = "b1" });
        // The same call, written another way.
        var second = await engine.RunBatchAsync(functions, [new("order", """{ "size":1, "symbol":"A" }""")], new FunctionBatchOptions { Id = "b1" });
        var other = await engine.RunBatchAsync(functions, calls, new FunctionBatchOptions { Id = "b2" });

        Assert.Equal(2, runs.Count);
        Assert.Equal(first[0].Result.GetRawText(), second[0].Result.GetRawText());
        Assert.Null(other[0].Error);
    }
}
