using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Usage;

/// <summary>What the stage needs for every call: the ledger, the limits, the clock. Thread-safe.</summary>
internal sealed class UsageMeter(UsageOptions options, TimeProvider time)
{
    /// <summary>Part of the smallest limit that an input may cost without being counted exactly: loading a vocabulary takes a tenth of a second.</summary>
    private const decimal Negligible = 0.01m;

    private const decimal Million = 1_000_000m;

    public UsageLedger Ledger => options.Ledger;

    public TimeProvider Time => time;

    public TimeSpan? LiveSpend => options.LiveSpend;

    public double WarnAt => options.Budget?.WarnAt ?? 1;

    /// <summary>What a request wants of the ledger.</summary>
    /// <exception cref="GptException"><see cref="GptErrorKind.BudgetExceeded"/>: there is a limit, and the price is unknown.</exception>
    public Demand DemandOf(ModelRequest request, AttemptOpening opening)
    {
        var limits = Limits(request, opening);
        var info = request.Info is { Prices.Count: > 0 } priced ? priced : null;
        if (limits.Count == 0)
            return new Demand(limits, info, info is null ? 0 : RoughInput(request), request.Options.MaxTokens);
        if (info is null && options.Budget is not { AllowUnpriced: true })
            throw BudgetGate.Unpriced(new ModelRequestName(opening.Provider, opening.Model));
        return new Demand(limits, info, info is null ? 0 : MostInput(request, info, limits.Min(limit => limit.Limit)), request.Options.MaxTokens);
    }

    /// <summary>About the input tokens of a request, told without a vocabulary.</summary>
    public static long RoughInput(ModelRequest request) => Math.Max(1, TokenCounter.AtMost(request) / 4);

    private static long MostInput(ModelRequest request, ModelInfo info, decimal smallest)
    {
        var most = TokenCounter.AtMost(request);
        if (most * Pricing.TierOf(info, most)!.Input / Million <= smallest * Negligible)
            return most;
        var counter = TokenCounter.For(request.Model, info);
        var counted = counter.Count(request);
        return counter.IsEstimate ? Math.Min(most, (long)Math.Ceiling(counted.Tokens * TokenCounter.EstimateMargin)) : counted.Tokens;
    }

    private List<(BudgetAccount Account, decimal Limit)> Limits(ModelRequest request, AttemptOpening opening)
    {
        List<(BudgetAccount, decimal)> limits = [];
        var budget = options.Budget;
        if (opening.Turn is not null && (request.TurnBudget ?? budget?.PerTurn) is { } perTurn)
            limits.Add((BudgetAccount.OfTurn(opening.Session, opening.Turn), perTurn));
        if (budget?.PerSession is { } perSession)
            limits.Add((BudgetAccount.OfSession(opening.Session), perSession));
        if (budget?.PerDay is { } perDay)
            limits.Add((BudgetAccount.OfDay(opening.At), perDay));
        if (budget?.PerMonth is { } perMonth)
            limits.Add((BudgetAccount.OfMonth(opening.At), perMonth));
        return limits;
    }
}
