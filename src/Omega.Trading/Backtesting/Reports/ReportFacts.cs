using System.Globalization;
using Omega.Trading.Execution;

namespace Omega.Trading.Backtesting;

/// <summary>Something a reader should know of a run.</summary>
/// <param name="Name">Such as <c>candles</c>.</param>
/// <param name="Text">The rest of the line.</param>
public sealed record ReportFact(string Name, string Text);

/// <summary>What was run on what, and at which costs, for people.</summary>
public static class ReportFacts
{
    private const int ShownOfHash = 16;

    /// <summary>What holds for every run over the same candles at the same costs.</summary>
    /// <param name="report">One of the runs.</param>
    /// <param name="context">What is known besides.</param>
    /// <param name="wholeHash">Whether all digits of the data's hash are written.</param>
    public static IReadOnlyList<ReportFact> OfData(BacktestReport report, ReportContext context, bool wholeHash = false)
    {
        var facts = new List<ReportFact>();
        if (report.Instrument is { } instrument)
            facts.Add(new("instrument", instrument.ToString()));
        facts.Add(new("window", $"{FigureText.Moment(report.From)} to {FigureText.Moment(report.To)} UTC, {FigureText.Count(report.Bars)} bars of {report.Timeframe}, {Gaps(report.Window)}"));
        facts.Add(new("candles", $"{(context.File is { } file ? File(file, report.Timeframe) + ", " : "")}source {report.Source}"));
        facts.Add(new("SHA-256", $"{(wholeHash ? report.DataSha256 : report.DataSha256[..ShownOfHash] + "…")} (of the candles tested on)"));
        facts.Add(new("costs", Costs(report.Options.Fills)));
        facts.Add(new("rounding", Rounding(report.Instrument)));
        return facts;
    }

    /// <summary>What holds for one run alone.</summary>
    /// <param name="report">The run.</param>
    /// <param name="context">What is known besides.</param>
    public static IReadOnlyList<ReportFact> OfRun(BacktestReport report, ReportContext context)
    {
        var facts = new List<ReportFact> { new("strategy", report.Strategy) };
        if ((context.Parameters ?? FigureText.Parameters(report.Parameters)) is { Length: > 0 } parameters)
            facts.Add(new("parameters", parameters));
        facts.Add(new("cash", Amount(report.Options.Cash, report)));
        if (report.WarmUpBars > 0)
            facts.Add(new("warm-up", $"{FigureText.Count(report.WarmUpBars)} bars before it decides"));
        if (report.OpenPosition is { } open)
            facts.Add(new("still open", $"{(open.Side > 0 ? "long" : "short")} {FigureText.Exact(open.Quantity)} since {FigureText.Moment(open.OpenedAt)}, at {FigureText.Money(open.EntryPrice)}; now {FigureText.Money(open.LastPrice)}: {Amount(open.UnrealizedPnl, report)} at the last close"));
        if (context.OtherOrders is { } orders)
            facts.Add(new("other orders", string.Create(CultureInfo.InvariantCulture, $"the same trades in {orders.Paths:N0} other orders (blocks of {orders.BlockLength}) end between {FigureText.Change(orders.FinalReturn5)} and {FigureText.Change(orders.FinalReturn95)} in 90 % of them, with a drawdown of {FigureText.Percent(orders.Drawdown50)} at the median and {FigureText.Percent(orders.Drawdown95)} in the worst 5 %; the share that falls to ruin is {FigureText.Percent(orders.RuinProbability)}")));
        if (context.Proof is { } proof)
            facts.Add(new("proof", proof.ToString()));
        return facts;
    }

    private static string Amount(decimal amount, BacktestReport report) => report.Instrument is { } instrument ? $"{FigureText.Money(amount)} {instrument.Quote}" : FigureText.Money(amount);

    private static string Gaps(CandleSeries window) => window.MissingCount == 0
        ? "none missing"
        : $"{FigureText.Count(window.MissingCount)} missing in {FigureText.Count(window.MissingRanges.Count)} {(window.MissingRanges.Count == 1 ? "gap" : "gaps")}";

    private static string File(CandleFileReport file, Timeframe timeframe)
    {
        var of = file.Timeframe == timeframe ? "" : $", made into {timeframe}";
        var bad = file.BadRows == 0 ? "" : $", {FigureText.Count(file.BadRows)} bad rows left out";
        return $"{Path.GetFileName(file.File)}: {FigureText.Count(file.Candles)} of {file.Timeframe}{of}{bad}";
    }

    private static string Costs(FillOptions fills)
    {
        var fee = fills.MakerFee == fills.TakerFee ? $"fee {Bps(fills.TakerFee)}" : $"fee {Bps(fills.TakerFee)} taker, {Bps(fills.MakerFee)} maker";
        var range = fills.RangeSlippage == 0 ? "" : $" and {FigureText.Percent((double)fills.RangeSlippage)} of the last bar's range";
        var cap = fills.VolumeCap is { } most ? $", at most {FigureText.Percent((double)most)} of the last bar's volume" : "";
        var shorts = fills.AllowShort ? $"shorts allowed, borrowing at {Bps(fills.BorrowRate)} per 8 h" : "no shorts";
        return $"{fee}, slippage {Bps(fills.Slippage)}{range}{cap}, {shorts}; decided at a close, filled from the next open on";
    }

    private static string Rounding(Instrument? instrument)
    {
        var rules = instrument is null ? MarketRules.Default : MarketRules.Of(instrument);
        return $"step {FigureText.Exact(rules.Step)}, tick {FigureText.Exact(rules.Tick)}, smallest order {FigureText.Exact(rules.MinimumNotional)}";
    }

    private static string Bps(decimal fraction) => $"{FigureText.Exact(10_000 * fraction)} bps";
}
