using System.CommandLine;
using Omega.Cli.Markets;
using Omega.Trading;
using Omega.Trading.Analysis;
using Omega.Trading.Feeds;

namespace Omega.Cli.Commands.Market;

/// <summary><c>omega market</c>: price, state and report of a market; no model takes part.</summary>
internal sealed class MarketCommand : Command, IExamples
{
    // As the desk's functions read it, so that both say the same.
    private const int Bars = 1500;

    private static readonly Timeframe[] Usual = [Timeframe.H1, Timeframe.H4, Timeframe.D1];

    private readonly CliHost _host;
    private readonly Argument<string?> _name = new("market") { Description = "Which market of the feed, such as BTC/USD; default its first", Arity = ArgumentArity.ZeroOrOne };
    private readonly MarketArguments _market = new();
    private readonly Option<string?> _timeframes = OptionParsing.Text("--timeframes", $"What to report on, with commas between; default {string.Join(',', Usual)}, those that there are", "LIST", "-t");
    private readonly Option<bool> _watch = OptionParsing.Switch("--watch", "Show what happens from now on, until Ctrl-C: the price, and each candle of the first timeframe", "-w");
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON object; with --watch one for each event, a line each");

    public MarketCommand(CliHost host)
        : base("market", "Price, state and report of a market: trend, momentum, volatility, volume, levels, sweeps.")
    {
        _host = host;
        Arguments.Add(_name);
        _market.AddTo(this);
        foreach (var option in (Option[])[_timeframes, _watch, _json])
            Options.Add(option);
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega market",
        "omega market --timeframes 15m,1h,1d --feed sim:7",
        "omega market --candles btcusdt-1h.csv.gz --json | jq '.report.timeframes[0].trend'",
        "omega market --watch -t 1m",
        "omega market --watch --feed replay:btcusdt-1h.csv.gz --replay-speed 3600 --json",
    ];

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) => MarketWork.RunAsync(
        async token =>
        {
            await using var market = MarketFeeds.Open(_host, _market.Read(parsed, _host.Settings), token);
            var instrument = MarketNames.Find(market.Feed, parsed.GetValue(_name));
            var timeframes = MarketNames.Timeframes(market.Feed, parsed.GetValue(_timeframes), Usual);
            return parsed.GetValue(_watch)
                ? await new MarketWatch(_host, market, instrument, timeframes[0], parsed.GetValue(_json)).RunAsync(token).ConfigureAwait(false)
                : await ReportAsync(market, instrument, timeframes, parsed.GetValue(_json), token).ConfigureAwait(false);
        },
        cancellationToken);

    private async Task<int> ReportAsync(MarketSource market, Instrument instrument, IReadOnlyList<Timeframe> timeframes, bool json, CancellationToken cancellationToken)
    {
        List<TimeframeReport> reports = [];
        FeedHistory? shortest = null;
        foreach (var timeframe in timeframes)
        {
            var history = await market.Feed.GetHistoryAsync(new HistoryRequest(instrument, timeframe) { Count = Bars }, cancellationToken).ConfigureAwait(false);
            reports.AddRange(MarketAnalyzer.Analyze(history.Candles, instrument: instrument, now: history.AsOf).Timeframes);
            shortest = shortest is null || history.Candles.Timeframe.Milliseconds < shortest.Candles.Timeframe.Milliseconds ? history : shortest;
        }

        var latest = reports.MinBy(report => report.Timeframe.Milliseconds)!;
        var report = new MarketReport { Instrument = instrument, Source = market.Feed.Source, AsOf = latest.AsOf, Price = latest.Price, Timeframes = reports };
        if (json)
            MarketJson.Write(_host.Terminal, market, shortest!, report);
        else
            MarketText.Write(_host.Terminal, market, shortest!, report);
        return ExitCode.Answered;
    }
}
