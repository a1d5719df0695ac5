using Omega.Gpt.Models;
using Omega.Gpt.Usage;

namespace Omega.Gpt.Tests.Usage;

/// <summary>Rows for tests of the ledger.</summary>
internal static class Ledgers
{
    public static readonly DateTimeOffset Start = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    /// <summary>2 dollars for a million tokens in, 8 out, half a dollar from the cache; an answer of at most 1,000 tokens.</summary>
    public static readonly ModelInfo Info = new()
    {
        Provider = "acme",
        Name = "swift",
        MaxOutput = 1_000,
        Prices = [new PriceTier { Input = 2m, Output = 8m, CacheRead = 0.5m }],
    };

    public static AttemptOpening Opening(string session = "s", string turn = "t", int step = 1, int number = 1, DateTimeOffset? at = null, string model = "swift", string? key = null) => new()
    {
        At = at ?? Start,
        Session = session,
        Turn = turn,
        Step = step,
        Number = number,
        Provider = "acme",
        Model = model,
        KeyId = key,
    };

    public static AttemptClosing Closing(decimal? usd = 0.01m, AttemptOutcome outcome = AttemptOutcome.Completed, double firstMs = 100, double totalMs = 600, params string[] functions) => new()
    {
        Outcome = outcome,
        Error = outcome is AttemptOutcome.Failed or AttemptOutcome.Interrupted ? GptErrorKind.Overloaded : null,
        FirstToken = firstMs < 0 ? null : TimeSpan.FromMilliseconds(firstMs),
        Total = TimeSpan.FromMilliseconds(totalMs),
        Usage = new TokenUsage(new InputTokens(1_000) { CacheRead = 400, CacheWrite = 0, Uncached = 600 }, new OutputTokens(50) { Reasoning = 20, Text = 30 }),
        Cost = usd is { } known ? new Cost(known, false, CostSource.Catalogue) : null,
        Saved = 0.0006m,
        Functions = functions,
    };

    /// <summary>A demand without limits.</summary>
    public static Demand Unlimited(ModelInfo? info = null, long input = 0, int? asked = null) => new([], info, input, asked);

    public static Demand Limited(decimal perDay, long input = 0, int? asked = null) => new([(new BudgetAccount(BudgetScope.Day, "2026-11-28"), perDay)], Info, input, asked);

    public static async Task<OpenAttempt> OpenedAsync(UsageLedger ledger, AttemptOpening? opening = null, Demand? demand = null) =>
        (await ledger.OpenAsync(opening ?? Opening(), demand ?? Unlimited())).Attempt!;

    public static async Task RecordAsync(UsageLedger ledger, AttemptOpening opening, AttemptClosing closing) =>
        Assert.True(await ledger.CloseAsync(await OpenedAsync(ledger, opening), closing));

    public static async Task<List<UsageRecord>> RowsAsync(UsageLedger ledger)
    {
        var rows = new List<UsageRecord>();
        await foreach (var row in ledger.ReadAsync())
            rows.Add(row);
        return rows;
    }

    /// <summary>What is spent or reserved on the day of <see cref="Start"/>.</summary>
    public static async Task<decimal> SpentAsync(UsageLedger ledger)
    {
        var admission = await ledger.OpenAsync(Opening("probe", "probe"), new Demand([(new BudgetAccount(BudgetScope.Day, "2026-11-28"), 1_000m)], null, 0, null));
        return admission.Attempt!.Budgets[0].Spent;
    }
}
