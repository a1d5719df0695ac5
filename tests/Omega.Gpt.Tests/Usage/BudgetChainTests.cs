using Omega.Gpt.Models;
using Omega.Gpt.Tests.Resilience;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Usage;

/// <summary>One budget over retries, other models and hedges, over real sockets and with the clock driven.</summary>
public sealed class BudgetChainTests
{
    /// <summary>What may be read before a stream is stopped.</summary>
    private const int OneRead = 16 * 1024;

    /// <summary>Bytes of a piece of an answer on the wire, at least.</summary>
    private const int PieceBytes = 100;

    [Theory]
    [InlineData(true)] // the fallback keeps to the limit that it is told, and bills
    [InlineData(false)] // it writes on and on
    public async Task Turn_RetriesAndFailover_SpendNoMoreThanTheBudgetAndARead(bool isObedient)
    {
        const decimal Budget = 0.006m;
        await using var ledger = UsageLedger.InMemory();
        await using var rig = Rig(ledger, new Budget { PerTurn = Budget });
        // Refused, then broken off in the middle again and again.
        rig.First.Enqueue(Reply.Error(Wire.ChatCompletions, 503, "Overloaded."));
        rig.First.Respond(_ => Metered.Endless(120).End(BodyEnd.CloseWithoutLastChunk));
        rig.Second.Respond(request => isObedient ? Metered.Obedient(request, prompt: 8, longest: 5_000) : Metered.Endless(5_000));

        var told = await rig.AskAsync();

        var (first, second) = (rig.First.Requests.ToList(), rig.Second.Requests.ToList());
        Assert.True(first.Count >= 3, $"{first.Count} requests");
        Assert.NotEmpty(second);
        Assert.Equal(isObedient, told.Completed is not null);
        // What was refused gave everything back; what broke off cost what had arrived.
        Assert.Equal(Most(first[0]), Most(first[1]));
        Assert.True(Most(first[2]) <= Most(first[1]) - 120, $"{Most(first[1])}, then {Most(first[2])}");

        // By hand: every piece is a token, and the broken ones may have been billed all 120 and the question of 8.
        var read = (first.Count - 1) * (8 * 1m + 120 * 2m) / 1_000_000m;
        read += second.Sum(_ => 8 * 10m) / 1_000_000m + TextOfLast(told) * 20m / 1_000_000m;
        var reads = (first.Count + second.Count) * (OneRead / PieceBytes) * 20m / 1_000_000m;
        Assert.True(read <= Budget + reads, $"{read} dollars of {Budget}");

        var rows = await Ledgers.RowsAsync(ledger);
        Assert.Equal(first.Count + second.Count, rows.Count);
        Assert.All(rows, row => Assert.NotEqual(AttemptOutcome.Open, row.Outcome));
        Assert.Equal((AttemptOutcome.Failed, 0m), (rows[0].Outcome, rows[0].Cost!.Usd));
        Assert.All(rows.Skip(1).Take(first.Count - 1), row => Assert.True(row is { Outcome: AttemptOutcome.Interrupted, Cost: { Estimated: true, Usd: > 0.0002m } }));
        // A vocabulary that is not public may be a quarter off, and the stop of a server that writes on with it.
        Assert.True(rows.Sum(row => row.Cost!.Usd) <= Budget + (isObedient ? 0 : rows[^1].ReservedUsd!.Value / 4), $"{rows.Sum(row => row.Cost!.Usd)} dollars in the ledger");
        // No reservation looked at more than was left beside what the earlier calls had come to.
        for (var i = 0; i < rows.Count; i++)
            Assert.True(rows[i].ReservedUsd <= Budget - rows.Take(i).Sum(row => row.Cost!.Usd), $"row {i} reserved {rows[i].ReservedUsd}");
    }

    [Theory]
    [InlineData("0.01", true)]
    [InlineData("0.0015", false)] // what the first call holds leaves too little for a second
    public async Task Turn_Hedge_ReservesForBoth(string budget, bool isAsked)
    {
        // 100 tokens at 2 and at 20 for a million: 0.0002 and 0.002 dollars, and the question.
        await using var ledger = UsageLedger.InMemory();
        var limit = decimal.Parse(budget, System.Globalization.CultureInfo.InvariantCulture);
        await using var rig = new Rig(
            Options(ledger, new Budget { PerTurn = limit }) with { Fallbacks = ["second/m2"], Hedge = new HedgeOptions { Delay = TimeSpan.FromSeconds(2) } },
            first: First with { MaxOutput = isAsked ? 100 : 700 },
            second: Resilience.Rig.SecondInfo with { MaxOutput = 100 });
        rig.First.Respond(request => Metered.Obedient(request, prompt: 8, longest: 20).HeadAfter(TimeSpan.FromSeconds(4)));
        rig.Second.Respond(request => Metered.Obedient(request, prompt: 8, longest: 30));

        var told = await rig.AskAsync();

        Assert.NotNull(told.Completed);
        var rows = await Ledgers.RowsAsync(ledger);
        Assert.Equal(isAsked ? 1 : 0, rig.Second.Requests.Count);
        Assert.Equal(isAsked ? "second" : "first", told.Completed.Provider);
        Assert.Equal(isAsked ? ["first", "second"] : ["first"], rows.Select(row => row.Provider));
        Assert.DoesNotContain(rows, row => row.Outcome == AttemptOutcome.Open);
        Assert.True(rows.Sum(row => row.ReservedUsd) <= limit);
        if (!isAsked)
            return;
        Assert.InRange(rows[0].ReservedUsd!.Value, 0.0002m, 0.00023m);
        Assert.InRange(rows[1].ReservedUsd!.Value, 0.002m, 0.0023m);
        Assert.Equal((AttemptOutcome.Cancelled, true), (rows[0].Outcome, rows[0].Cost!.Estimated));
        // 8 × 10 + 30 × 20 millionths, as it billed.
        Assert.Equal((AttemptOutcome.Completed, 0.00068m, false), (rows[1].Outcome, rows[1].Cost!.Usd, rows[1].Cost!.Estimated));
    }

    [Theory]
    [InlineData(false, "third")]
    [InlineData(true, "second")]
    public async Task Turn_FallbackWithoutAPrice_IsPassedOverUnlessAllowed(bool isAllowed, string answers)
    {
        await using var ledger = UsageLedger.InMemory();
        await using var rig = Rig(ledger, new Budget { PerDay = 1m, AllowUnpriced = isAllowed }, Resilience.Rig.SecondInfo with { Prices = [] });
        rig.First.Respond(_ => Reply.Error(Wire.ChatCompletions, 503, "Overloaded."));
        rig.Second.Respond(request => Metered.Obedient(request, prompt: 8, longest: 10));
        rig.Third.Respond(request => Metered.Obedient(request, prompt: 8, longest: 10));

        var told = await rig.AskAsync();

        Assert.Equal(answers, told.Completed!.Provider);
        Assert.Equal((isAllowed ? 1 : 0, isAllowed ? 0 : 1), (rig.Second.Requests.Count, rig.Third.Requests.Count));
        Assert.Equal(isAllowed, told.Completed.Cost is null);
        if (!isAllowed)
            Assert.Contains("the budget does not allow it", told.Events.OfType<ModelSwitchedEvent>().Last().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_FallbacksTooDear_FailsForTheMoneyAndSaysWhoFailedBefore()
    {
        await using var ledger = UsageLedger.InMemory();
        var dear = new PriceTier { Input = 10_000m, Output = 20_000m };
        await using var rig = Rig(ledger, new Budget { PerTurn = 0.001m }, Resilience.Rig.SecondInfo with { Prices = [dear] }, Resilience.Rig.ThirdInfo with { Prices = [dear] });
        rig.First.Respond(_ => Reply.Error(Wire.ChatCompletions, 503, "Overloaded."));

        var told = await rig.AskAsync();

        Assert.Equal(GptErrorKind.BudgetExceeded, told.Failed!.Kind);
        Assert.EndsWith("Asked before: first/m1 (it failed), second/m2 (the budget does not allow it).", told.Failed.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (rig.Second.Requests.Count, rig.Third.Requests.Count));
    }

    [Fact]
    public async Task Turn_RefusedAfterALongSilence_CostsNothing()
    {
        await using var ledger = UsageLedger.InMemory();
        await using var rig = Rig(ledger, new Budget { PerTurn = 0.01m });
        rig.First.Enqueue(Reply.Error(Wire.ChatCompletions, 503, "Overloaded.").HeadAfter(TimeSpan.FromSeconds(5.5)));
        rig.First.Respond(request => Metered.Obedient(request, prompt: 8, longest: 10));

        var told = await rig.AskAsync();

        // The remark upon the silence came from here, not from the model.
        Assert.Contains(told.Events, gptEvent => gptEvent is NoticeEvent { Code: "slow_start" });
        Assert.NotNull(told.Completed);
        Assert.True((await Ledgers.RowsAsync(ledger))[0] is { Outcome: AttemptOutcome.Failed, Usage: null, Cost: { Usd: 0, Estimated: false } });
    }

    [Fact]
    public async Task Turn_FirstModelTooDear_IsNotReplaced()
    {
        await using var ledger = UsageLedger.InMemory();
        await using var rig = new Rig(Options(ledger, new Budget { PerTurn = 0.001m }), first: First with { Prices = [new PriceTier { Input = 10_000m, Output = 20_000m }] });

        var told = await rig.AskAsync();

        Assert.Equal(GptErrorKind.BudgetExceeded, told.Failed!.Kind);
        Assert.Equal((0, 0), (told.First, told.Second));
        Assert.Empty(await Ledgers.RowsAsync(ledger));
    }

    private static ModelInfo First => Resilience.Rig.FirstInfo;

    private static Rig Rig(UsageLedger ledger, Budget budget, ModelInfo? second = null, ModelInfo? third = null) => new(Options(ledger, budget), second: second, third: third);

    private static GptPipelineOptions Options(UsageLedger ledger, Budget budget) =>
        Resilience.Rig.Options with { Breaker = null, Fallbacks = ["second/m2", "third/m3"], Usage = new UsageOptions { Ledger = ledger, Budget = budget } };

    /// <summary>The longest answer that a request asks for.</summary>
    private static int Most(ReceivedRequest request) =>
        (request.Json.TryGetProperty("max_completion_tokens", out var limit) ? limit : request.Json.GetProperty("max_tokens")).GetInt32();

    /// <summary>The tokens of what the turn told, a piece each.</summary>
    private static int TextOfLast(TurnTold told) => told.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
