using Omega.Cli.Markets;
using Omega.Trading;
using Omega.Trading.Feeds;
using Omega.Trading.Risk;
using Omega.Trading.Statistics;

namespace Omega.Cli.Commands.Risk;

/// <summary>The risk of an account: that of each position against what the whole account is worth, and what they add up to.</summary>
internal sealed record AccountRisk
{
    /// <summary>What the account is worth now; null where no account was given.</summary>
    public decimal? Equity { get; private init; }

    /// <summary>What its positions have gained since their entries.</summary>
    public decimal Gain { get; private init; }

    /// <summary>One for each position; the market's own where no position was given.</summary>
    public required IReadOnlyList<AssessedPosition> Positions { get; init; }

    /// <summary>Value of all positions over equity, whichever way they gain.</summary>
    public double? GrossExposure { get; private init; }

    /// <summary>Value of long positions less that of short ones, over equity.</summary>
    public double? NetExposure { get; private init; }

    /// <summary>What closing all at their stops would lose from here; null where a position has none.</summary>
    public decimal? LossAtStops { get; private init; }

    /// <summary>The sum of the positions' VaR at 0.95: the most that it can be together, for the worst days need not be the same.</summary>
    public decimal? Var95 { get; private init; }

    /// <summary>The sum of their CVaR at 0.99.</summary>
    public decimal? Cvar99 { get; private init; }

    /// <param name="market">The market.</param>
    /// <param name="account">What is held; null for the market's own risk.</param>
    /// <param name="window">Which candles.</param>
    /// <param name="horizon">How far ahead; null for a day.</param>
    /// <param name="monteCarlo">How paths to ruin are drawn.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CliException">There is no such market, or nothing is left of the account.</exception>
    /// <exception cref="TradingException">A position makes no sense; the message names the value and the remedy.</exception>
    public static async ValueTask<AccountRisk> AssessAsync(MarketSource market, Account? account, RiskWindow window, TimeSpan? horizon, MonteCarloOptions monteCarlo, CancellationToken cancellationToken)
    {
        List<(HeldPosition? Held, Instrument Instrument, CandleSeries Candles)> read = [];
        foreach (var held in account is null ? (IEnumerable<HeldPosition?>)[null] : account.Positions)
        {
            var instrument = MarketNames.Find(market.Feed, held?.Market ?? window.Market);
            var history = await market.Feed.GetHistoryAsync(new HistoryRequest(instrument, window.Timeframe) { Count = window.Bars }, cancellationToken).ConfigureAwait(false);
            if (history.Candles.Count == 0)
                throw CliException.Failed($"There is no {window.Timeframe} candle of {instrument} yet in {market.Name}.");
            read.Add((held, instrument, history.Candles));
        }

        var gain = read.Sum(one => one.Held?.GainAt((decimal)one.Candles.Closes[^1]) ?? 0);
        var equity = account?.Cash + gain;
        if (equity <= 0)
            throw CliException.Failed($"Nothing is left of the account: {FigureText.Money(account!.Cash)} and {FigureText.Money(gain)} since the entries. Check entry, quantity and cash.");
        List<AssessedPosition> positions = [];
        foreach (var (held, instrument, candles) in read)
        {
            var position = held is null ? null : new RiskPosition { Side = held.Side, Quantity = held.Quantity, Equity = equity!.Value, Stop = held.Stop };
            var report = RiskReport.Of(candles, new RiskOptions { Position = position, Horizon = horizon, MonteCarlo = monteCarlo, Instrument = instrument }, cancellationToken);
            positions.Add(new AssessedPosition(held, held?.GainAt((decimal)report.Price), report));
        }

        return Together(equity, gain, positions);
    }

    private static AccountRisk Together(decimal? equity, decimal gain, IReadOnlyList<AssessedPosition> positions)
    {
        if (equity is null)
            return new AccountRisk { Positions = positions };
        var risks = positions.Select(one => one.Report.Position!).ToList();
        return new AccountRisk
        {
            Equity = equity,
            Gain = gain,
            Positions = positions,
            GrossExposure = risks.Sum(risk => risk.Exposure),
            NetExposure = positions.Sum(one => one.Report.Position!.Exposure * (one.Held!.Side == PositionSide.Long ? 1 : -1)),
            LossAtStops = Sum(risks.Select(risk => risk.StopLoss)),
            Var95 = Sum(risks.Select(risk => risk.Var95)),
            Cvar99 = Sum(risks.Select(risk => risk.Cvar99)),
        };
    }

    // What one of them leaves unknown is unknown in the sum.
    private static decimal? Sum(IEnumerable<decimal?> amounts) => amounts.Aggregate((decimal?)0, (sum, amount) => sum + amount);
}

/// <summary>A position and what it can lose.</summary>
/// <param name="Held">The position; null for the market's own risk.</param>
/// <param name="Gain">What it has gained since its entry; 0 without one.</param>
/// <param name="Report">Its risk.</param>
internal sealed record AssessedPosition(HeldPosition? Held, decimal? Gain, RiskReport Report)
{
    /// <summary>What closing at the stop would lose of what was paid at the entry; below 0 where the stop locks in a gain. Null without either.</summary>
    public decimal? LossFromEntry => Held is { Entry: not null, Stop: { } stop } ? -Held.GainAt(stop) : null;
}

/// <summary>Which candles a risk is read off.</summary>
/// <param name="Market">Of which market, where a position names none; null for the feed's first.</param>
/// <param name="Timeframe">Their period.</param>
/// <param name="Bars">How many, the latest.</param>
internal sealed record RiskWindow(string? Market, Timeframe Timeframe, int Bars);
