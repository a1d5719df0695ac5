using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Trading.Analysis;
using Omega.Trading.Feeds;
using static Omega.Cli.Markets.FigureText;

namespace Omega.Cli.Commands.Market;

/// <summary>A market report for people: the timeframes side by side, then the notes.</summary>
internal static class MarketText
{
    private const int Levels = 3;

    private static readonly (string Label, Func<TimeframeReport, string> Cell)[] Rows =
    [
        ("trend", report => Words(report.Trend.Direction)),
        ("  strength, 0 to 1", report => Number(report.Trend.Strength)),
        ("  EMA 20", report => Price(report.Trend.Ema20)),
        ("  EMA 50", report => Price(report.Trend.Ema50)),
        ("  EMA 200", report => Price(report.Trend.Ema200)),
        ("momentum", report => Words(report.Momentum.State)),
        ("  RSI 14", report => Number(report.Momentum.Rsi14, "0.0")),
        ("  MACD histogram", report => Number(report.Momentum.MacdHistogram)),
        ("  change, 10 bars", report => Change(report.Momentum.Roc10)),
        ("  change, 50 bars", report => Change(report.Momentum.Roc50)),
        ("volatility", report => Words(report.Volatility.Regime)),
        ("  a year", report => Percent(report.Volatility.Hv20)),
        ("  ATR 14", report => Price(report.Volatility.Atr14)),
        ("  ATR of price", report => Percent(report.Volatility.AtrFraction)),
        ("volume over mean", report => Number(report.Volume.Relative)),
        ("  money flow 20", report => Number(report.Volume.Cmf20)),
        .. Enumerable.Range(0, Levels).Reverse().Select(i => (i == Levels - 1 ? "resistance" : "", (Func<TimeframeReport, string>)(report => Level(report.Resistance, i)))),
        ("price", report => Price(report.Price)),
        .. Enumerable.Range(0, Levels).Select(i => (i == 0 ? "support" : "", (Func<TimeframeReport, string>)(report => Level(report.Support, i)))),
        ("Fibonacci leg", report => report.Fibonacci is { } leg ? $"{Words<TrendDirection>(leg.Direction)} to {Price(leg.ToPrice)}" : None),
        ("  taken back", report => Percent(report.Fibonacci?.Retracement)),
        ("last sweep", report => report.Sweeps is [.., var sweep] ? Words<SweepKind>(sweep.Kind) : None),
        ("  of", report => report.Sweeps is [.., var sweep] ? Price(sweep.Level) : None),
        ("  known since", report => report.Sweeps is [.., var sweep] ? Time(sweep.ConfirmedAt) : None),
        ("bars", report => Count(report.Quality.Bars)),
        ("  missing", report => Count(report.Quality.Missing)),
        ("  until", report => Time(report.AsOf)),
    ];

    public static void Write(Terminal terminal, MarketSource market, FeedHistory history, MarketReport report)
    {
        terminal.OutputLine($"{Tones.Paint(history.Instrument.ToString(), Tone.Strong, terminal.OutputColour)}  {MarketLines.Price(history)}");
        terminal.OutputLine(Tones.Paint($"{MarketLines.Origin(market)} · {MarketLines.State(market.Feed.State)}", market.Feed.IsSimulated ? Tone.Warning : Tone.Dim, terminal.OutputColour));
        terminal.OutputLine("");
        var table = new TextTable([new TextColumn(""), .. report.Timeframes.Select(each => new TextColumn(each.Timeframe.ToString(), Right: true))]);
        foreach (var (label, cell) in Rows)
        {
            string[] cells = [.. report.Timeframes.Select(cell)];
            if (cells.Any(text => text != None))
                table.Add([label, .. cells]);
        }

        foreach (var line in table.Lines(terminal))
            terminal.OutputLine(line);
        var notes = report.Timeframes.SelectMany(each => each.Notes.Select(note => $"{each.Timeframe}  {note}")).ToList();
        if (notes.Count > 0)
            terminal.OutputLine("");
        foreach (var note in notes)
            terminal.OutputLine(Tones.Paint(note, Tone.Dim, terminal.OutputColour));
        terminal.Line("States, not signals: none of these figures was tested for telling the future. docs/concepts/analysis.md defines each.", Tone.Dim);
    }

    private static string Level(IReadOnlyList<PriceLevel> levels, int at) =>
        at < levels.Count ? $"{Price(levels[at].Price)} ({levels[at].Touches}×, {Change(levels[at].Distance)})" : None;
}
