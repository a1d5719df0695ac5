using System.Globalization;
using System.Text.Json;
using Omega.Trading.Execution;
using Omega.Trading.Statistics;

namespace Omega.Trading.Backtesting;

/// <summary>The report as JSON: fractions, ISO 8601 times in UTC, durations in seconds, money as decimal strings.</summary>
internal static class BacktestReportJson
{
    public static void Write(Utf8JsonWriter writer, BacktestReport report, bool withSeries, LookaheadReport? proof)
    {
        writer.WriteStartObject();
        writer.WriteString("strategy", report.Strategy);
        writer.WriteStartObject("parameters");
        foreach (var (name, value) in report.Parameters)
            Number(writer, name, value);
        writer.WriteEndObject();
        writer.WriteString("instrument", report.Instrument?.ToString());
        writer.WriteString("timeframe", report.Timeframe.ToString());
        writer.WriteString("source", report.Source);
        writer.WriteString("data_sha256", report.DataSha256);
        Time(writer, "from", report.From);
        Time(writer, "to", report.To);
        writer.WriteNumber("bars", report.Bars);
        writer.WriteNumber("warm_up_bars", report.WarmUpBars);
        writer.WriteNumber("bars_per_year", report.Timeframe.PerYear);
        Costs(writer, report);
        Money(writer, "initial_cash", report.Options.Cash);
        Statistics(writer, report.Statistics);
        Open(writer, report.OpenPosition);
        if (report.BuyAndHold is { } hold)
        {
            writer.WriteStartObject("buy_and_hold");
            Statistics(writer, hold);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("buy_and_hold");
        }

        Overfit(writer, report.Overfit);
        if (proof is not null)
        {
            writer.WritePropertyName("lookahead_proof");
            proof.WriteTo(writer);
        }

        writer.WriteStartArray("notes");
        foreach (var note in report.Notes)
            writer.WriteStringValue(note);
        writer.WriteEndArray();
        if (withSeries)
        {
            TradeList(writer, report.Trades);
            EquityCurve(writer, report);
        }

        writer.WriteEndObject();
    }

    private static void Costs(Utf8JsonWriter writer, BacktestReport report)
    {
        var (fills, rules) = (report.Options.Fills, report.Instrument is { } instrument ? MarketRules.Of(instrument) : MarketRules.Default);
        writer.WriteStartObject("costs");
        writer.WriteNumber("taker_fee", fills.TakerFee);
        writer.WriteNumber("maker_fee", fills.MakerFee);
        writer.WriteNumber("slippage", fills.Slippage);
        writer.WriteNumber("range_slippage", fills.RangeSlippage);
        if (fills.VolumeCap is { } cap)
            writer.WriteNumber("volume_cap", cap);
        else
            writer.WriteNull("volume_cap");
        writer.WriteBoolean("allow_short", fills.AllowShort);
        writer.WriteNumber("borrow_rate", fills.BorrowRate);
        writer.WriteNumber("maintenance", fills.Maintenance);
        writer.WriteNumber("step", rules.Step);
        writer.WriteNumber("tick", rules.Tick);
        writer.WriteNumber("minimum_notional", rules.MinimumNotional);
        writer.WriteEndObject();
    }

    private static void Statistics(Utf8JsonWriter writer, PerformanceStatistics statistics)
    {
        Money(writer, "final_equity", statistics.FinalEquity);
        Number(writer, "total_return", statistics.TotalReturn);
        Number(writer, "cagr", statistics.Cagr);
        Number(writer, "volatility", statistics.Volatility);
        Number(writer, "sharpe", statistics.Sharpe);
        Number(writer, "sortino", statistics.Sortino);
        Number(writer, "calmar", statistics.Calmar);
        Number(writer, "omega_ratio", statistics.OmegaRatio);
        Number(writer, "tail_ratio", statistics.TailRatio);
        Number(writer, "skew", statistics.Skew);
        Number(writer, "kurtosis", statistics.Kurtosis);
        Number(writer, "max_drawdown", statistics.MaxDrawdown);
        Number(writer, "max_drawdown_duration", statistics.MaxDrawdownDuration?.TotalSeconds);
        Number(writer, "average_drawdown", statistics.AverageDrawdown);
        Number(writer, "ulcer_index", statistics.UlcerIndex);
        Number(writer, "var_95", statistics.Var95);
        Number(writer, "cvar_95", statistics.Cvar95);
        Number(writer, "var_99", statistics.Var99);
        Number(writer, "cvar_99", statistics.Cvar99);
        Trades(writer, statistics.Trades);
        Number(writer, "exposure", statistics.Exposure);
        Number(writer, "turnover", statistics.Turnover);
        Money(writer, "fees_paid", statistics.FeesPaid);
        Money(writer, "slippage_paid", statistics.SlippagePaid);
    }

    private static void Trades(Utf8JsonWriter writer, TradeStatistics trades)
    {
        writer.WriteNumber("trades", trades.Count);
        Number(writer, "win_rate", trades.WinRate);
        Money(writer, "average_win", trades.AverageWin);
        Money(writer, "average_loss", trades.AverageLoss);
        Number(writer, "best_trade", trades.Best);
        Number(writer, "worst_trade", trades.Worst);
        Number(writer, "average_duration", trades.AverageDuration?.TotalSeconds);
        Number(writer, "payoff_ratio", trades.PayoffRatio);
        Number(writer, "profit_factor", trades.ProfitFactor);
        Money(writer, "expectancy", trades.Expectancy);
        Number(writer, "sqn", trades.Sqn);
        Number(writer, "kelly", trades.Kelly);
    }

    private static void Open(Utf8JsonWriter writer, OpenPosition? position)
    {
        if (position is null)
        {
            writer.WriteNull("open_position");
            return;
        }

        writer.WriteStartObject("open_position");
        writer.WriteString("side", SideName(position.Side));
        Time(writer, "opened_at", position.OpenedAt);
        writer.WriteNumber("quantity", position.Quantity);
        writer.WriteNumber("entry_price", Short(position.EntryPrice));
        writer.WriteNumber("last_price", position.LastPrice);
        writer.WriteNumber("unrealized_pnl", Short(position.UnrealizedPnl));
        writer.WriteEndObject();
    }

    private static void Overfit(Utf8JsonWriter writer, OverfitReport? overfit)
    {
        if (overfit is null)
        {
            writer.WriteNull("overfit");
            return;
        }

        writer.WriteStartObject("overfit");
        writer.WriteNumber("trials", overfit.Trials);
        Number(writer, "psr", overfit.Psr);
        Number(writer, "dsr", overfit.Dsr);
        Number(writer, "psr_excess", overfit.PsrExcess);
        Number(writer, "dsr_excess", overfit.DsrExcess);
        Number(writer, "pbo", overfit.Pbo);
        writer.WriteEndObject();
    }

    private static void TradeList(Utf8JsonWriter writer, IReadOnlyList<Trade> trades)
    {
        writer.WriteStartArray("trade_list");
        foreach (var trade in trades)
        {
            writer.WriteStartObject();
            writer.WriteString("side", SideName(trade.Side));
            Time(writer, "opened_at", DateTimeOffset.FromUnixTimeMilliseconds(trade.OpenedAt));
            Time(writer, "closed_at", DateTimeOffset.FromUnixTimeMilliseconds(trade.ClosedAt));
            writer.WriteNumber("quantity", trade.Quantity);
            writer.WriteNumber("entry_price", Short(trade.EntryPrice));
            writer.WriteNumber("exit_price", Short(trade.ExitPrice));
            writer.WriteNumber("pnl", Short(trade.Pnl));
            Number(writer, "return", trade.Return);
            writer.WriteNumber("fees", Short(trade.Fees));
            writer.WriteString("exit_reason", ReasonName(trade.ExitReason));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void EquityCurve(Utf8JsonWriter writer, BacktestReport report)
    {
        var equity = report.Equity.Span;
        var times = report.Window.Times;
        var drawdowns = new double[equity.Length];
        Drawdowns.Curve(equity, drawdowns);
        writer.WriteStartArray("equity_curve");
        for (var i = 0; i < equity.Length; i++)
        {
            writer.WriteStartObject();
            Time(writer, "time", DateTimeOffset.FromUnixTimeMilliseconds(times[i]));
            Number(writer, "equity", equity[i]);
            Number(writer, "drawdown", drawdowns[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary><c>long</c> or <c>short</c>.</summary>
    internal static string SideName(int side) => side > 0 ? "long" : "short";

    /// <summary>The reason in the words of the report.</summary>
    internal static string ReasonName(FillReason reason) => reason switch
    {
        FillReason.Signal => "signal",
        FillReason.Stop => "stop",
        FillReason.Target => "target",
        FillReason.TrailingStop => "trailing_stop",
        FillReason.Maintenance => "maintenance",
        _ => "order",
    };

    private static void Time(Utf8JsonWriter writer, string name, DateTimeOffset time) =>
        writer.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));

    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    private static void Money(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } money)
            writer.WriteString(name, Short(money).ToString("0.00######", CultureInfo.InvariantCulture));
        else
            writer.WriteNull(name);
    }

    /// <summary>Eight digits after the point, as exchanges keep their books; the ledger itself has more.</summary>
    private static decimal Short(decimal value) => decimal.Round(value, 8) / 1.0000000000000000000000000000m;
}
