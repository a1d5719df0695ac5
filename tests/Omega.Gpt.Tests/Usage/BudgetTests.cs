using Omega.Gpt.Models;
using Omega.TestKit;
using static Omega.Gpt.Tests.Usage.Metered;

namespace Omega.Gpt.Tests.Usage;

/// <summary>Budgets over real sockets.</summary>
public sealed class BudgetTests
{
    private static readonly TokenCounter Counter = TokenCounter.For("gpt-4.1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)] // the server keeps to the limit that it is told, and bills
    [InlineData(false)] // it writes on and on, and never bills
    public async Task ParallelTurns_OneBudget_CommitNoMoreThanItHolds(bool isObedient)
    {
        const int Count = 20;
        const int Prompt = 8;
        // 0.032 dollars each, if they could.
        await using var server = ModelServer.Start().Respond(request => isObedient ? Obedient(request, Prompt, longest: 4_000) : Endless(4_000));
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(server, ledger, new Budget { PerDay = 0.01m });

        var turns = await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => Task.Run(() => AskAsync(engine, cancellationToken: Token))));

        // What was read, or billed, by hand: 2 dollars for a million tokens in, 8 out.
        var asked = server.Requests.Count;
        var committed = turns.Sum(turn => (isObedient && turn.Error is null ? Prompt * 2m : 0) + Counter.Count(Turns.Turn.TextOf(turn.Events)) * 8m) / 1_000_000m;
        Assert.True(committed <= 0.01m, $"{committed} dollars");
        Assert.InRange(asked, 1, Count);
        var spent = (await ledger.ReportAsync(cancellationToken: Token)).Total;
        Assert.True(spent.CostUsd <= 0.01m, $"{spent.CostUsd} dollars in the ledger");
        Assert.Equal(0, spent.Open);
        Assert.Equal(asked, spent.Attempts);
        // Nobody but the budget stopped a turn, and those that were not stopped are whole.
        Assert.All(turns, turn => Assert.True(turn.Error is null or GptException { Kind: GptErrorKind.BudgetExceeded }, turn.Error?.ToString()));
        Assert.Equal(isObedient, turns.Any(turn => turn.Error is null));
        Assert.True(committed > 0.005m, $"only {committed} dollars of 0.01");
        server.ThrowIfFaulted();
    }

    [Fact]
    public async Task Turn_LittleMoney_AsksForAnAnswerThatItPaysFor()
    {
        await using var server = ModelServer.Start().Respond(request => Obedient(request, prompt: 8, longest: 5_000));
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(server, ledger, new Budget { PerTurn = 0.01m });

        var (events, error) = await AskAsync(engine, cancellationToken: Token);

        Assert.Null(error);
        // "hello" is at most 3 + 4 + 5 tokens: (0.01 − 12 × 2 / 1,000,000) pays for 1,247 tokens at 8 for a million.
        Assert.Equal(1_247, Assert.IsType<TurnCompletedEvent>(events[^1]).Usage!.Output.Total);
        Assert.Equal(FinishReason.Length, ((TurnCompletedEvent)events[^1]).FinishReason);
        Assert.Contains("1,247 tokens", Assert.Single(events.OfType<NoticeEvent>(), notice => notice.Code == "budget_limited").Message, StringComparison.Ordinal);
        // 8 × 2 + 1247 × 8 millionths of 0.01 are above 0.8 of it.
        Assert.Equal(new { Scope = "turn", Spent = 0.009992m, Limit = 0.01m }, Assert.Single(events.OfType<BudgetWarningEvent>().Select(e => new { e.Scope, e.Spent, e.Limit })));
    }

    [Fact]
    public async Task Turn_EnoughMoney_LeavesTheRequestAlone()
    {
        await using var server = ModelServer.Start().Respond(request => Obedient(request, prompt: 8, longest: 10));
        await using var ledger = UsageLedger.InMemory();
        var (events, _) = await AskAsync(Engine(server, ledger, new Budget { PerTurn = 1m, PerMonth = 100m }), cancellationToken: Token);

        Assert.IsType<TurnCompletedEvent>(events[^1]);
        Assert.DoesNotContain("max", server.Requests[0].BodyText, StringComparison.Ordinal);
        Assert.DoesNotContain(events, e => e is NoticeEvent or BudgetWarningEvent);
    }

    [Fact]
    public async Task Turn_NothingLeft_FailsBeforeAnythingIsSent()
    {
        await using var server = ModelServer.Start().Respond(request => Obedient(request, prompt: 8, longest: 2_000));
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(server, ledger, new Budget { PerDay = 0.01m });
        await AskAsync(engine, cancellationToken: Token);
        await AskAsync(engine, cancellationToken: Token);
        var asked = server.Requests.Count;

        var (events, error) = await AskAsync(engine, cancellationToken: Token);

        var refusal = Assert.IsType<GptException>(error);
        Assert.Equal((GptErrorKind.BudgetExceeded, GptPhase.Request, false), (refusal.Kind, refusal.Phase, refusal.IsRetryable));
        Assert.Contains("this day", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(asked, server.Requests.Count);
        Assert.IsType<TurnFailedEvent>(events[^1]);
        Assert.Equal(asked, (await ledger.ReportAsync(cancellationToken: Token)).Total.Attempts);
    }

    [Fact]
    public async Task Turn_ServerThatWritesOn_IsStoppedAndKeepsItsText()
    {
        await using var server = ModelServer.Start().Enqueue(Endless(20_000));
        await using var ledger = UsageLedger.InMemory();

        var (events, error) = await AskAsync(Engine(server, ledger), options: new TurnOptions { BudgetUsd = 0.01m }, cancellationToken: Token);

        Assert.Equal((GptErrorKind.BudgetExceeded, GptPhase.Step), Assert.IsType<GptException>(error) is var stopped ? (stopped.Kind, stopped.Phase) : default);
        Assert.InRange(Counter.Count(Turns.Turn.TextOf(events)), 1_200, 1_247);
        Assert.Equal(AnswerOutcome.ClientAborted, await server.Requests[0].Ended.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token));
        var row = Assert.Single(await Ledgers.RowsAsync(ledger));
        Assert.True(row is { Outcome: AttemptOutcome.Interrupted, Error: "budget_exceeded", IsUsageEstimated: true, Cost.Estimated: true });
        Assert.InRange(row.Cost!.Usd, 0.0097m, 0.0101m);
    }

    [Fact]
    public async Task Turn_ManySteps_SpendOneBudget()
    {
        var step = 0;
        // Each step bills 400 tokens in and 300 out: 0.0032 dollars; the fourth finds less than that of 0.01.
        await using var server = ModelServer.Start().Respond(_ => Reply.Stream(ChatCompletionsStream.Create().Call(0, "c", "again", $"{{\"n\":{Interlocked.Increment(ref step)}}}").Finish("tool_calls").Usage(400, 300).Done()));
        await using var ledger = UsageLedger.InMemory();
        var again = new GptFunction(new FunctionDefinition("again", null, System.Text.Json.JsonElement.Parse("""{"type":"object"}""")), (arguments, _, _) => new(arguments), new GptFunctionOptions { Effect = FunctionEffect.Pure });
        var options = new TurnOptions { BudgetUsd = 0.01m, Functions = new FunctionSet(again), Limits = new FunctionLimits { MaxSteps = 50 } };

        var (events, error) = await AskAsync(Engine(server, ledger), options: options, cancellationToken: Token);

        Assert.Equal(GptErrorKind.BudgetExceeded, Assert.IsType<GptException>(error).Kind);
        Assert.InRange(events.OfType<StepCompletedEvent>().Count(), 3, 4);
        Assert.Contains(events, e => e is BudgetWarningEvent { Scope: "turn", Limit: 0.01m });
        var report = await ledger.ReportAsync(new UsageQuery { By = UsageGroup.Function }, Token);
        Assert.Equal(report.Total.FunctionCalls, report.Lines.Single(line => line.Name == "again").FunctionCalls);
        Assert.InRange(report.Total.FunctionCalls!.Value, 3, 4);
    }

    [Fact]
    public async Task Turn_FailedBeforeAnything_GivesItsReservationBack()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.OpenAIError(500, "Oh dear"), Reply.OpenAIError(429, "Slow down"), Reply.ResetBeforeHead());
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(server, ledger, new Budget { PerDay = 0.01m });
        for (var i = 0; i < 3; i++)
            Assert.NotNull((await AskAsync(engine, cancellationToken: Token)).Error);

        var total = (await ledger.ReportAsync(cancellationToken: Token)).Total;
        Assert.Equal((3, 3, 0m, false), (total.Attempts, total.Failed, total.CostUsd, total.IsCostEstimated));
    }

    [Fact]
    public async Task Turn_UnknownPrice_IsRefusedUnlessAllowed()
    {
        await using var server = ModelServer.Start().Respond(request => Obedient(request, 8, 10));
        await using var ledger = UsageLedger.InMemory();
        var unpriced = Priced with { Prices = [] };

        var (_, error) = await AskAsync(Engine(server, ledger, new Budget { PerDay = 1m }, info: unpriced), cancellationToken: Token);
        Assert.Equal(GptErrorKind.BudgetExceeded, Assert.IsType<GptException>(error).Kind);
        Assert.Contains("price is unknown", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);

        var (events, allowed) = await AskAsync(Engine(server, ledger, new Budget { PerDay = 1m, AllowUnpriced = true }, info: unpriced), cancellationToken: Token);
        Assert.Null(allowed);
        Assert.Null(Assert.IsType<TurnCompletedEvent>(events[^1]).Cost);
        Assert.Equal(1, (await ledger.ReportAsync(cancellationToken: Token)).Total.Unpriced);
    }

    [Theory]
    [InlineData("session")]
    [InlineData("day")]
    [InlineData("month")]
    public async Task Turn_WhatEarlierTurnsSpent_Counts(string scope)
    {
        // 0.003616 dollars a turn, whatever limit it is given.
        await using var server = ModelServer.Start().Respond(_ => Reply.Stream(ChatCompletionsStream.Create().Text("Hi").Finish("stop").Usage(8, 450).Done()));
        await using var ledger = UsageLedger.InMemory();
        var budget = scope switch
        {
            "session" => new Budget { PerSession = 0.01m },
            "day" => new Budget { PerDay = 0.01m },
            _ => new Budget { PerMonth = 0.01m },
        };
        var engine = Engine(server, ledger, budget);
        var conversation = engine.NewConversation();
        var errors = new List<Exception?>();
        for (var i = 0; i < 4; i++)
            errors.Add((await Turns.Turn.RunAsync(engine.RunAsync(conversation, [Message.User("hello")], cancellationToken: Token))).Error);

        Assert.All(errors.Take(3), Assert.Null);
        Assert.Contains($"for this {scope} ", Assert.IsType<GptException>(errors[3]).Message, StringComparison.Ordinal);
        // Another session has money of its own; the day and the month have not.
        Assert.Equal(scope == "session", (await AskAsync(engine, cancellationToken: Token)).Error is null);
    }

    [Fact]
    public async Task Turn_LedgerThatCannotBeWritten_IsRefusedUnderABudgetAndTellsWithout()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("usage.db"));
        await using var server = ModelServer.Start().Respond(request => Obedient(request, 8, 10));
        await using var ledger = new UsageLedger(folder.At("usage.db"));

        var (_, error) = await AskAsync(Engine(server, ledger, new Budget { PerDay = 1m }), cancellationToken: Token);
        Assert.Equal(GptErrorKind.BudgetExceeded, Assert.IsType<GptException>(error).Kind);
        Assert.Empty(server.Requests);

        var (events, none) = await AskAsync(Engine(server, ledger), cancellationToken: Token);
        Assert.Null(none);
        Assert.Contains(events, e => e is NoticeEvent { Code: "usage_not_recorded" });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void Validate_LimitOutOfRange_NamesIt(int usd)
    {
        var error = Assert.Throws<GptException>(() => new Budget { PerMonth = usd }.Validate());
        Assert.Contains($"Budget.PerMonth is {usd} US dollars", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Turn_BudgetWhereNothingIsCounted_IsRefused()
    {
        var engine = Turns.Turn.Engine(new Turns.ScriptedProvider());
        var error = Assert.Throws<GptException>(() => engine.RunAsync(engine.NewConversation(), [Message.User("hello")], new TurnOptions { BudgetUsd = 1m }, Token));
        Assert.Contains("GptPipelineOptions.Usage", error.Message, StringComparison.Ordinal);
    }
}
