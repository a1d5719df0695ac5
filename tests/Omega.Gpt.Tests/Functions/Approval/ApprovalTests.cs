using Omega.Gpt.Tests.Turns;
using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Functions.Approval;

public sealed class ApprovalTests
{
    private const string A = """{"symbol":"A"}""";
    private static readonly GptFunctionOptions Asks = new() { RequiresApproval = true };

    [Fact]
    public async Task NoApprover_DeniesAndTellsTheModel()
    {
        var (runs, events, told) = await RunAsync(null);

        Assert.Empty(runs);
        Assert.Equal(GptErrorKind.ApprovalDenied, Assert.Single(events.OfType<FunctionCallRejectedEvent>()).Kind);
        Assert.Equal("approval_denied", KindOf(told));
    }

    [Fact]
    public async Task Approved_RunsAsWritten()
    {
        var (runs, events, told) = await RunAsync((_, _) => ValueTask.FromResult(ApprovalDecision.Approve));

        Assert.Equal([$"order {A}"], runs);
        Assert.False(told.IsError);
        Assert.Equal(["FunctionCallApprovalRequired", "FunctionCallExecuting", "FunctionCallCompleted"], Turn.Shape(events).Where(name => name.StartsWith("FunctionCall", StringComparison.Ordinal)).TakeLast(3));
    }

    [Fact]
    public async Task Denied_WithAReason_TellsTheModelTheReason()
    {
        var (runs, _, told) = await RunAsync((_, _) => ValueTask.FromResult(ApprovalDecision.Deny("too large for today")));

        Assert.Empty(runs);
        Assert.Contains("too large for today", told.Result.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edited_RunsWithTheNewArgumentsAndTellsTheModelOfThem()
    {
        var (runs, events, told) = await RunAsync((_, _) => ValueTask.FromResult(ApprovalDecision.Edit("""{"symbol":"A","size":1}""")));

        Assert.Equal(["""order {"symbol":"A","size":1}"""], runs);
        Assert.Equal("""{"symbol":"A","size":1}""", Assert.Single(events.OfType<FunctionCallExecutingEvent>()).Arguments);
        Assert.Equal("""{"symbol":"A","size":1}""", told.Result.GetProperty("arguments").GetRawText());
    }

    [Theory]
    [InlineData("""{"symbol":"A","size":-1}""")]
    [InlineData("""{"size":1}""")]
    [InlineData("""[]""")]
    [InlineData("""{"symbol":"A" """)]
    public async Task Edited_WithInvalidArguments_IsNotRun(string arguments)
    {
        var (runs, _, told) = await RunAsync((_, _) => ValueTask.FromResult(ApprovalDecision.Edit(arguments)));

        Assert.Empty(runs);
        Assert.Equal("approval_denied", KindOf(told));
    }

    [Fact]
    public async Task Approver_ThatThrows_Denies()
    {
        var (runs, _, told) = await RunAsync((_, _) => throw new InvalidOperationException("no terminal"));

        Assert.Empty(runs);
        Assert.DoesNotContain("no terminal", told.Result.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unanswered_LapsesAfterItsTime()
    {
        var clock = new ClockDriver();
        var approvals = new Approvals();

        var (runs, events, told) = await RunAsync(approvals.AskAsync, clock);

        Assert.Empty(runs);
        Assert.Equal("approval_denied", KindOf(told));
        var asked = events.OfType<FunctionCallApprovalRequiredEvent>().Single();
        Assert.Equal(TimeSpan.FromMinutes(5), asked.ExpiresAt - asked.At);
        Assert.Equal(asked.ExpiresAt, events.OfType<FunctionCallRejectedEvent>().Single().At);
        Assert.Empty(approvals.Pending);
        Assert.False(approvals.Answer(asked.Approval, ApprovalDecision.Approve));
    }

    [Fact]
    public async Task Answer_ById_FromTheReaderOfTheEvents()
    {
        var approvals = new Approvals();
        var runs = new List<string>();
        var gpt = Turn.Gpt(new ScriptedProvider(Writes(("order", A), ("order", """{"symbol":"B"}""")), Answers("ok")));
        var answers = new List<bool>();

        await foreach (var gptEvent in gpt.StreamWithFunctionsAsync("Go", new FunctionSet(Counting("order", runs, Asks)), new TurnOptions { Approver = approvals.AskAsync }))
        {
            // The reader sees JSON and knows the id alone.
            if (GptJson.ParseEvent(GptJson.ToJson(gptEvent)) is FunctionCallApprovalRequiredEvent asked)
            {
                var decision = asked.Arguments == A ? ApprovalDecision.Approve : ApprovalDecision.Deny("one is enough");
                answers.Add(approvals.Answer(asked.Approval, decision));
                answers.Add(approvals.Answer(asked.Approval, ApprovalDecision.Approve));
            }
        }

        Assert.Equal([true, false, true, false], answers);
        Assert.Equal([$"order {A}"], runs);
    }

    private static async Task<(List<string> Runs, List<GptEvent> Events, FunctionResultPart Told)> RunAsync(Approver? approver, ClockDriver? clock = null)
    {
        var runs = new List<string>();
        var provider = new ScriptedProvider(Writes(("order", A)), Answers("ok"));
        var turn = Turn.RunAsync(Turn.Gpt(provider, time: clock?.Time).StreamWithFunctionsAsync("Go", new FunctionSet(Counting("order", runs, Asks)), new TurnOptions { Approver = approver }));
        var (events, error) = clock is null ? await turn : await clock.RunAsync(turn);
        Assert.Null(error);
        return (runs, events, Assert.Single(provider.Requests[1].Messages.SelectMany(m => m.Parts.OfType<FunctionResultPart>())));
    }
}
