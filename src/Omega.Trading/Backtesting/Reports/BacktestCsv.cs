using System.Buffers;
using System.Globalization;
using System.Text;
using Omega.Trading.Statistics;

namespace Omega.Trading.Backtesting;

/// <summary>The trades and the equity curve of a back-test as CSV with a header, in full precision; lines end in LF.</summary>
public static class BacktestCsv
{
    private const int WriteAt = 32 * 1024;

    /// <summary>Writes the closed trades: <c>side,opened_at,closed_at,quantity,entry_price,exit_price,pnl,return,fees,exit_reason</c>.</summary>
    /// <param name="stream">Where to; it is not closed.</param>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void WriteTrades(Stream stream, BacktestReport report, CancellationToken cancellationToken = default)
    {
        var rows = new Rows(stream, "side,opened_at,closed_at,quantity,entry_price,exit_price,pnl,return,fees,exit_reason", cancellationToken);
        foreach (var trade in report.Trades)
        {
            rows.Add($"{BacktestReportJson.SideName(trade.Side)},{IsoTime.Format(trade.OpenedAt)},{IsoTime.Format(trade.ClosedAt)},{Exact(trade.Quantity)},{Exact(trade.EntryPrice)},{Exact(trade.ExitPrice)},{Exact(trade.Pnl)},");
            rows.Add($"{trade.Return:R},{Exact(trade.Fees)},{BacktestReportJson.ReasonName(trade.ExitReason)}\n");
        }

        rows.End();
    }

    /// <summary>
    /// Writes the equity at each close: <c>time,equity,drawdown,buy_and_hold</c>; the time is the bar's open time. The last column is
    /// empty where buying and holding was not computed.
    /// </summary>
    /// <param name="stream">Where to; it is not closed.</param>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void WriteEquity(Stream stream, BacktestReport report, CancellationToken cancellationToken = default)
    {
        var rows = new Rows(stream, "time,equity,drawdown,buy_and_hold", cancellationToken);
        var equity = report.Equity.Span;
        var hold = report.BuyAndHoldEquity.Span;
        var times = report.Window.Times;
        var drawdowns = new double[equity.Length];
        Drawdowns.Curve(equity, drawdowns);
        for (var i = 0; i < equity.Length; i++)
        {
            rows.Add($"{IsoTime.Format(times[i])},{equity[i]:R},{drawdowns[i]:R},");
            if (i < hold.Length)
                rows.Add($"{hold[i]:R}");
            rows.Add($"\n");
        }

        rows.End();
    }

    /// <summary>Every digit that a decimal can have, without the zeros at its end.</summary>
    private static string Exact(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Rows on their way to a stream.</summary>
    private sealed class Rows
    {
        private readonly Stream _stream;
        private readonly CancellationToken _cancellationToken;
        private readonly ArrayBufferWriter<byte> _buffer = new(2 * WriteAt);

        public Rows(Stream stream, string header, CancellationToken cancellationToken)
        {
            (_stream, _cancellationToken) = (stream, cancellationToken);
            Encoding.UTF8.GetBytes(header + "\n", _buffer);
        }

        public void Add(FormattableString text)
        {
            Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture), _buffer);
            if (_buffer.WrittenCount < WriteAt)
                return;
            _cancellationToken.ThrowIfCancellationRequested();
            End();
        }

        public void End()
        {
            _stream.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }
}
