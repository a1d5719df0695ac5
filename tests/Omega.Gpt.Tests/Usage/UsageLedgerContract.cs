using CsCheck;
using Omega.Gpt.Usage;
using static Omega.Gpt.Tests.Usage.Ledgers;

namespace Omega.Gpt.Tests.Usage;

/// <summary>What every ledger does, in a file or not.</summary>
public abstract class UsageLedgerContract : IAsyncDisposable
{
    private readonly List<UsageLedger> _opened = [];

    protected abstract UsageLedger Create();

    [Fact]
    public async Task Read_ClosedRow_HasWhatWasWritten()
    {
        var ledger = Open();
        var opening = Opening("trip", "t7", step: 2, number: 3, key: "openai-1");
        await RecordAsync(ledger, opening, Closing(0.00123m, functions: ["find", "buy"]) with
        {
            Served = "swift-2026",
            Finish = FinishReason.Length,
            Queued = TimeSpan.FromMilliseconds(5),
            Connected = TimeSpan.FromMilliseconds(40),
            Cost = new Cost(0.00123m, true, CostSource.Provider),
            IsUsageEstimated = true,
        });

        var row = Assert.Single(await RowsAsync(ledger));
        Assert.Equal(
            new UsageRecord
            {
                Id = row.Id,
                At = Start,
                Session = "trip",
                Turn = "t7",
                Step = 2,
                Attempt = 3,
                Provider = "acme",
                Model = "swift",
                Served = "swift-2026",
                KeyId = "openai-1",
                Outcome = AttemptOutcome.Completed,
                Finish = "length",
                QueueMs = 5,
                ConnectMs = 40,
                FirstTokenMs = 100,
                TotalMs = 600,
                Usage = new TokenUsage(new InputTokens(1_000) { Uncached = 600, CacheRead = 400, CacheWrite = 0 }, new OutputTokens(50) { Text = 30, Reasoning = 20 }),
                IsUsageEstimated = true,
                Cost = new Cost(0.00123m, true, CostSource.Provider),
                SavedUsd = 0.0006m,
                Functions = row.Functions,
            },
            row);
        Assert.Equal(["find", "buy"], row.Functions);
    }

    [Fact]
    public async Task Read_OpenRow_CountsAsWhatIsReserved()
    {
        var ledger = Open();
        await OpenedAsync(ledger, demand: Limited(1m, input: 500, asked: 100));

        // 500 × 2 + 100 × 8 = 1800 millionths
        var row = Assert.Single(await RowsAsync(ledger));
        Assert.True(row is { Outcome: AttemptOutcome.Open, ReservedUsd: 0.0018m, Cost: null, TotalMs: null, Usage: null });
        var total = (await ledger.ReportAsync()).Total;
        Assert.True(total is { CostUsd: 0.0018m, IsCostEstimated: true, Open: 1, Unpriced: 0 });
    }

    [Fact]
    public async Task Close_Twice_KeepsTheFirst()
    {
        var ledger = Open();
        var row = await OpenedAsync(ledger, demand: Limited(1m, asked: 100));
        await ledger.CloseAsync(row, Closing(0.25m));
        await ledger.CloseAsync(row, Closing(0.50m));

        Assert.Equal(0.25m, Assert.Single(await RowsAsync(ledger)).Cost!.Usd);
        Assert.Equal(0.25m, await SpentAsync(ledger));
    }

    [Fact]
    public async Task Open_MoreThanIsLeft_IsRefusedAndLeavesNoRow()
    {
        var ledger = Open();
        // Each reserves 1000 tokens at 8 for a million: 0.008 of 0.02 dollars; of what is left after two, 500 tokens can be paid for.
        var admitted = new List<Admission>();
        for (var i = 0; i < 4; i++)
            admitted.Add(await ledger.OpenAsync(Opening(turn: $"t{i}"), Limited(0.02m)));

        Assert.Equal([1_000, 1_000, 500], admitted.Take(3).Select(admission => admission.Attempt!.Reservation!.Value.OutputTokens));
        Assert.True(admitted[3] is { Attempt: null, Refused: { Limit: 0.02m, Spent: 0.02m } });
        Assert.Equal(3, (await RowsAsync(ledger)).Count);
    }

    [Fact]
    public async Task Open_AtOneTime_NeverReservesMoreThanTheLimit()
    {
        var ledger = Open();
        var admitted = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () => await ledger.OpenAsync(Opening($"s{i}", $"t{i}"), Limited(0.1m, input: i)))));

        var reserved = admitted.Sum(admission => admission.Attempt?.Reservation?.Usd ?? 0);
        Assert.InRange(reserved, 0.09m, 0.1m);
        Assert.Contains(admitted, admission => admission.Attempt is null);
        Assert.Equal(admitted.Count(admission => admission.Attempt is not null), (await RowsAsync(ledger)).Count);
    }

    [Fact]
    public async Task Open_AnyOrderOfOpeningsAndEnds_SpentIsWhatTheRowsSay() =>
        await Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 3_000], Gen.Int[0, 20_000]).Array[1, 40].SampleAsync(
            async steps =>
            {
                await using var ledger = Create();
                var open = new List<OpenAttempt>();
                foreach (var (action, which, tokens, micros) in steps)
                {
                    if (action < 2 || open.Count == 0)
                    {
                        if ((await ledger.OpenAsync(Opening($"s{which}", $"t{which}"), Limited(0.05m, input: tokens))).Attempt is { } attempt)
                            open.Add(attempt);
                    }
                    else
                    {
                        var attempt = open[which % open.Count];
                        open.Remove(attempt);
                        var cost = Math.Min(attempt.Reservation!.Value.Usd, micros / 1_000_000m);
                        await ledger.CloseAsync(attempt, Closing(cost, which == 0 ? AttemptOutcome.Interrupted : AttemptOutcome.Completed));
                    }
                }

                var rows = await RowsAsync(ledger);
                var sum = rows.Sum(row => row.Outcome == AttemptOutcome.Open ? row.ReservedUsd!.Value : row.Cost!.Usd);
                return await SpentAsync(ledger) == sum && sum <= 0.05m && (await ledger.ReportAsync()).Total.CostUsd == sum;
            },
            iter: 60);

    [Fact]
    public async Task Report_KnownRows_HasTheFiguresComputedByHand()
    {
        var ledger = Open();
        for (var i = 1; i <= 100; i++)
        {
            await RecordAsync(ledger, Opening("a", $"t{i}"), Closing(0.01m, firstMs: i * 10, totalMs: i * 10 + 500));
        }

        await RecordAsync(ledger, Opening("a", "t1", step: 1, number: 2), Closing(0m, AttemptOutcome.Failed, firstMs: -1));
        await RecordAsync(ledger, Opening("a", "t1", step: 1, number: 3), Closing(0.5m, AttemptOutcome.Interrupted, firstMs: 5_000));
        await RecordAsync(ledger, Opening("b", "t1", step: 2, at: Start.AddDays(1)), Closing(null, AttemptOutcome.Cancelled, firstMs: -1));

        var total = (await ledger.ReportAsync()).Total;
        Assert.Equal((100, 103, 1, 1, 1, 2, 1), (total.Turns, total.Attempts, total.Failed, total.Interrupted, total.Cancelled, total.Retries, total.Unpriced));
        Assert.Equal((103_000, 41_200, 5_150), (total.InputTokens, total.CacheReadTokens, total.OutputTokens));
        Assert.Equal((1.5m, false, 103 * 0.0006m), (total.CostUsd, total.IsCostEstimated, total.SavedUsd));
        // 101 first tokens: 10, 20, …, 1000 and 5000 ms; nearest rank 51, 96 and 100.
        Assert.Equal(new UsageTimes(510, 960, 1_000), total.FirstToken);
        // 100 completed calls of 50 tokens in half a second each.
        Assert.Equal(100, total.TokensPerSecond);
        Assert.Equal((1.0 / 103, 1.0 / 103, 2.0 / 103), (total.ErrorRate, total.InterruptionRate, total.RetryRate));
    }

    [Fact]
    public async Task Report_ByGroup_DividesWhatItAddsUp()
    {
        var ledger = Open();
        await RecordAsync(ledger, Opening("a", "t1", model: "swift", key: "k1"), Closing(0.01m, functions: ["find"]));
        await RecordAsync(ledger, Opening("a", "t1", step: 2, model: "swift", key: "k2"), Closing(0.04m, functions: ["find", "buy", "sell"]));
        await RecordAsync(ledger, Opening("b", "t2", model: "slow", at: Start.AddDays(1)), Closing(0.20m));

        Assert.Equal([("2026-11-28", 0.05m, 1L), ("2026-11-29", 0.20m, 1L)], await LinesAsync(ledger, UsageGroup.Day));
        Assert.Equal([("acme/slow", 0.20m, 1L), ("acme/swift", 0.05m, 1L)], await LinesAsync(ledger, UsageGroup.Model));
        Assert.Equal([("b", 0.20m, 1L), ("a", 0.05m, 1L)], await LinesAsync(ledger, UsageGroup.Session));
        Assert.Equal([("", 0.20m, 1L), ("k2", 0.04m, 0L), ("k1", 0.01m, 1L)], await LinesAsync(ledger, UsageGroup.Key));
        // 0.04 dollars in three equal parts; what cannot be divided, a millionth of a millionth, goes to the first.
        Assert.Equal(
            [("", 0.20m, 1L), ("find", 0.01m + 0.013333333334m, 1L), ("buy", 0.013333333333m, 0L), ("sell", 0.013333333333m, 0L)],
            await LinesAsync(ledger, UsageGroup.Function));
    }

    [Fact]
    public async Task Report_FunctionCalls_CountsFailures()
    {
        var ledger = Open();
        await ledger.AddAsync(
        [
            new CallRecordRow(Start, "a", "t1", 1, "find", CallEnd.Completed, null, TimeSpan.FromMilliseconds(3)),
            new CallRecordRow(Start, "a", "t1", 1, "find", CallEnd.Failed, GptErrorKind.FunctionExecution, null),
            new CallRecordRow(Start, "a", "t1", 2, "buy", CallEnd.Rejected, GptErrorKind.FunctionArguments, null),
            new CallRecordRow(Start, "b", "t2", 1, "find", CallEnd.Completed, null, null),
        ]);

        var report = await ledger.ReportAsync(new UsageQuery { By = UsageGroup.Function });
        Assert.Equal((4, 2), (report.Total.FunctionCalls, report.Total.FunctionFailures));
        Assert.Equal([("buy", 1L, 1L), ("find", 3L, 1L)], report.Lines.Select(line => (line.Name, line.FunctionCalls!.Value, line.FunctionFailures!.Value)));
        await RecordAsync(ledger, Opening(), Closing());
        Assert.Null(Assert.Single((await ledger.ReportAsync(new UsageQuery { By = UsageGroup.Model })).Lines).FunctionCalls);
    }

    [Fact]
    public async Task Report_Window_TakesItsBeginningAndNotItsEnd()
    {
        var ledger = Open();
        for (var hour = 0; hour < 5; hour++)
            await RecordAsync(ledger, Opening(turn: $"t{hour}", at: Start.AddHours(hour)), Closing(1m));

        Assert.Equal(2m, (await ledger.ReportAsync(new UsageQuery { Since = Start.AddHours(1), Until = Start.AddHours(3) })).Total.CostUsd);
    }

    [Fact]
    public async Task Prune_OldRows_AreGoneAndBudgetsStillKnowTheirMoney()
    {
        var ledger = Open();
        await RecordAsync(ledger, Opening(turn: "old", at: Start.AddHours(-2)), Closing(0.3m));
        await RecordAsync(ledger, Opening(turn: "new"), Closing(0.2m));

        Assert.Equal(1, await ledger.PruneAsync(Start.AddHours(-1)));

        Assert.Equal("new", Assert.Single(await RowsAsync(ledger)).Turn);
        Assert.Equal(0.5m, await SpentAsync(ledger));
    }

    [Fact]
    public async Task Prune_NamesThatNoRowUses_AreGoneAndCanComeBack()
    {
        var ledger = Open();
        await RecordAsync(ledger, Opening("gone", "t1", at: Start.AddHours(-2), model: "old", key: "k-old"), Closing(0.3m) with { Served = "old-2025" });
        await ledger.AddAsync([new CallRecordRow(Start.AddHours(-2), "gone", "t1", 1, "find", CallEnd.Completed, null, null), new CallRecordRow(Start, "kept", "t2", 1, "buy", CallEnd.Completed, null, null)]);
        await RecordAsync(ledger, Opening("kept", "t2", model: "new", key: "k-new"), Closing(0.2m) with { Served = "new-2026" });

        await ledger.PruneAsync(Start.AddHours(-1));

        Assert.Equal(["acme", "buy", "k-new", "kept", "new", "new-2026"], await NamesAsync(ledger));
        await RecordAsync(ledger, Opening("gone", "t3", model: "old"), Closing());
        Assert.Equal([("kept", "new", "k-new"), ("gone", "old", null)], (await RowsAsync(ledger)).Select(row => (row.Session!, row.Model, row.KeyId)));
    }

    [Fact]
    public async Task Settle_OpenRow_CostsWhatWasSaidInRowsReportAndBudgets()
    {
        var ledger = Open();
        var (sent, unsent) = (await OpenedAsync(ledger, demand: Limited(1m, asked: 1_000)), await OpenedAsync(ledger, demand: Limited(1m, asked: 500)));
        Assert.Equal(0.012m, await SpentAsync(ledger));
        Assert.Equal([sent.Id, unsent.Id], (await OpenRowsAsync(ledger)).Where(row => row.Turn == "t").Select(row => row.Id));

        var settled = await ledger.SettleAsync(sent.Id, 0.0035m);
        Assert.True(settled is { Outcome: AttemptOutcome.Interrupted, Cost: { Usd: 0.0035m, Estimated: false, Source: CostSource.Provider }, TotalMs: null });
        Assert.True(await ledger.SettleAsync(unsent.Id, null) is { Outcome: AttemptOutcome.Failed, Cost.Usd: 0 });

        Assert.Equal(0.0035m, await SpentAsync(ledger));
        Assert.DoesNotContain(await OpenRowsAsync(ledger), row => row.Turn == "t");
        Assert.Equal(0.0035m, (await ledger.ReportAsync()).Total.CostUsd);

        // Said wrongly, it is said again.
        await ledger.SettleAsync(sent.Id, 0.004m);
        Assert.Equal(0.004m, await SpentAsync(ledger));
    }

    [Fact]
    public async Task Settle_CallThatStillRuns_IsCorrectedByItsEnd()
    {
        var ledger = Open();
        var running = await OpenedAsync(ledger, demand: Limited(1m, asked: 1_000));
        await ledger.SettleAsync(running.Id, null);

        await ledger.CloseAsync(running, Closing(0.007m));

        Assert.True(Assert.Single(await RowsAsync(ledger)) is { Outcome: AttemptOutcome.Completed, Cost.Usd: 0.007m, TotalMs: 600 });
        Assert.Equal(0.007m, await SpentAsync(ledger));
    }

    [Fact]
    public async Task Settle_TurnWithABudget_GivesTheTurnItsMoneyBack()
    {
        var ledger = Open();
        var turn = BudgetAccount.OfTurn("s", "t");
        Demand ofTurn = new([(turn, 0.01m)], Info, 0, 1_000);
        var lost = await OpenedAsync(ledger, demand: ofTurn);
        await ledger.SettleAsync(lost.Id, 0.001m);

        Assert.Equal(0.001m, (await OpenedAsync(ledger, demand: ofTurn)).Budgets[0].Spent);
    }

    [Theory]
    [InlineData(99, 0, "There is no call 99 in the usage ledger.")]
    [InlineData(1, 0, "Call 1 has ended by itself (completed, $0.01): only what is open can be settled.")]
    [InlineData(2, -1, "The cost is -1 US dollars; allowed: 0 to 1000000.")]
    public async Task Settle_WhatCannotBe_SaysWhyAndChangesNothing(long id, int usd, string message)
    {
        var ledger = Open();
        await RecordAsync(ledger, Opening(), Closing());
        await OpenedAsync(ledger);
        var before = await RowsAsync(ledger);

        var error = await Assert.ThrowsAsync<GptException>(() => ledger.SettleAsync(id, usd));

        Assert.Equal((GptErrorKind.BadRequest, message), (error.Kind, error.Message));
        Assert.Equal(before.Select(row => (row.Id, row.Outcome, row.Cost)), (await RowsAsync(ledger)).Select(row => (row.Id, row.Outcome, row.Cost)));
    }

    [Fact]
    public async Task Report_Queue_CountsThoseThatDidNotWait()
    {
        var ledger = Open();
        for (var i = 1; i <= 10; i++)
            await RecordAsync(ledger, Opening(turn: $"t{i}"), Closing() with { Queued = TimeSpan.FromMilliseconds(i <= 6 ? 0 : i * 100) });
        await RecordAsync(ledger, Opening("b", "t"), Closing());

        var report = await ledger.ReportAsync(new UsageQuery { By = UsageGroup.Session });
        Assert.Equal(new UsageTimes(0, 1_000, 1_000), report.Total.Queue);
        Assert.Null(report.Lines.Single(line => line.Name == "b").Queue);
    }

    [Fact]
    public async Task Read_ManyRows_ComesInPagesAndInOrder()
    {
        var ledger = Open();
        await Task.WhenAll(Enumerable.Range(0, 2_500).Select(i => RecordAsync(ledger, Opening(turn: $"t{i}"), Closing())));

        var rows = await RowsAsync(ledger);
        Assert.Equal(2_500, rows.Select(row => row.Turn).Distinct().Count());
        Assert.Equal(rows.Select(row => row.Id).Order(), rows.Select(row => row.Id));
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var ledger in _opened)
            await ledger.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected UsageLedger Open()
    {
        var ledger = Create();
        _opened.Add(ledger);
        return ledger;
    }

    private static async Task<List<UsageRecord>> OpenRowsAsync(UsageLedger ledger)
    {
        var rows = new List<UsageRecord>();
        await foreach (var row in ledger.ReadOpenAsync())
            rows.Add(row);
        return rows;
    }

    private static async Task<string[]> NamesAsync(UsageLedger ledger) =>
        [.. (await ledger.AskAsync(tables => UsageReading.Names(tables.Connection))).Values.Order(StringComparer.Ordinal)];

    private static async Task<(string, decimal, long)[]> LinesAsync(UsageLedger ledger, UsageGroup by) =>
        [.. (await ledger.ReportAsync(new UsageQuery { By = by })).Lines.Select(line => (line.Name, line.CostUsd, line.Turns))];
}
