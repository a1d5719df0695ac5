using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Omega.Cli.Commands.Backtest;
using Omega.Cli.Commands.Data;
using Omega.Cli.Commands.Market;
using Omega.Cli.Markets;
using Omega.Trading;
using Omega.Trading.Feeds;
using Omega.Trading.Risk;
using Omega.Trading.Statistics;

namespace Omega.Cli.Commands.Risk;

/// <summary><c>omega risk</c>: what a position, or a whole portfolio, can lose; no model takes part.</summary>
internal sealed class RiskCommand : Command, IExamples
{
    private const int UsualDays = 365;

    private readonly CliHost _host;
    private readonly Argument<string?> _name = new("market") { Description = "Which market of the feed, such as BTC/USD; default its first", Arity = ArgumentArity.ZeroOrOne };
    private readonly MarketArguments _market = new();
    private readonly Option<string?> _portfolio = OptionParsing.Text("--portfolio", "A file of positions: {\"cash\": 50000, \"positions\": [{\"market\", \"side\", \"quantity\", \"entry\", \"stop\"}]}", "FILE");
    private readonly Option<PositionSide?> _side = new("--side") { Description = "Which way the position gains: long or short (default long)", HelpName = "SIDE", CustomParser = Side };
    private readonly Option<decimal?> _quantity = Fractions.Amount("--quantity", "How much, in base currency");
    private readonly Option<decimal?> _entry = Fractions.Amount("--entry", "What it was entered at; without it, it would be entered now");
    private readonly Option<decimal?> _stop = Fractions.Amount("--stop", "Where it would be closed at a loss");
    private readonly Option<decimal?> _cash = Fractions.Amount("--cash", "What the account is worth, without the gain since --entry");
    private readonly Option<TimeSpan?> _horizon = Horizon.Option("--horizon", "How far ahead losses are looked at: 4h, 1d, 2w (default 1d)");
    private readonly Option<Timeframe?> _timeframe = DataCommand.TimeframeOption("--timeframe", "The candles that it is read off; default 1h or the nearest to it");
    private readonly Option<double?> _days = OptionParsing.Number("--days", $"How far back; default {UsualDays}", "N", new NumberRange(1, 3650, Whole: true));
    private readonly Option<double?> _ruin = OptionParsing.Number("--ruin", "The drawdown that counts as ruin, as a fraction; default 0.5", "FRACTION", new NumberRange(0, 1, AboveMin: true));
    private readonly Option<double?> _seed = OptionParsing.Number("--seed", "Seed of the paths to ruin; default 1", "N", new NumberRange(0, int.MaxValue, Whole: true));
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON object");

    public RiskCommand(CliHost host)
        : base("risk", "What a position or a portfolio can lose: exposure, VaR and CVaR, stops, drawdowns, worst days, ruin.")
    {
        _host = host;
        Arguments.Add(_name);
        foreach (var option in (Option[])[_side, _quantity, _entry, _stop, _cash, _portfolio, _horizon, _timeframe, _days, _ruin, _seed])
            Options.Add(option);
        _market.AddTo(this);
        Options.Add(_json);
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega risk --side long --quantity 2 --cash 50000 --stop 60000 --candles btcusdt-1h.csv.gz",
        "omega risk --quantity 0.5 --entry 64000 --stop 60000 --cash 50000 --horizon 1w --candles btcusdt-1h.csv.gz",
        "omega risk --portfolio portfolio.json --json | jq .total",
        "omega risk",
    ];

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var account = Account(parsed);
        return MarketWork.RunAsync(
            async token =>
            {
                await using var market = MarketFeeds.Open(_host, _market.Read(parsed, _host.Settings), token);
                var risk = await AccountRisk.AssessAsync(market, account, Window(parsed, market.Feed), parsed.GetValue(_horizon), Paths(parsed), token).ConfigureAwait(false);
                if (parsed.GetValue(_json))
                    RiskJson.Write(_host.Terminal, market, account, risk);
                else
                    RiskText.Write(_host.Terminal, market, risk);
                return ExitCode.Answered;
            },
            cancellationToken);
    }

    /// <exception cref="CliException">Options contradict each other, or one is missing.</exception>
    private Account? Account(ParseResult parsed)
    {
        var position = ((Option[])[_side, _quantity, _entry, _stop, _cash]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        if (parsed.GetValue(_portfolio) is { } file)
        {
            return position is null
                ? PortfolioFile.Load(file)
                : throw CliException.Usage($"--portfolio holds the positions; leave {position.Name} out.");
        }

        if (position is null)
            return null;
        if (parsed.GetValue(_quantity) is not { } quantity)
            throw CliException.Usage($"{position.Name} is of a position, and --quantity is missing: how much of it, as in --quantity 0.5");
        return new Account(
            parsed.GetValue(_cash) ?? throw CliException.Usage("--cash is missing: what the account is worth, as in --cash 50000"),
            [new HeldPosition(parsed.GetValue(_side) ?? PositionSide.Long, quantity) { Entry = parsed.GetValue(_entry), Stop = parsed.GetValue(_stop) }]);
    }

    private RiskWindow Window(ParseResult parsed, IMarketFeed feed)
    {
        var timeframe = parsed.GetValue(_timeframe) ?? feed.Timeframes.MinBy(known => Math.Abs(Math.Log((double)known.Milliseconds / Timeframe.H1.Milliseconds)));
        if (!feed.Timeframes.Contains(timeframe))
            throw CliException.Usage($"There are no {timeframe} candles in {MarketSource.Short(feed.Source)}. There are: {string.Join(", ", feed.Timeframes)}.");
        var bars = (parsed.GetValue(_days) ?? UsualDays) * Timeframe.D1.Milliseconds / timeframe.Milliseconds;
        return bars is >= 1 and <= HistoryRequest.MostCandles
            ? new RiskWindow(parsed.GetValue(_name), timeframe, (int)bars)
            : throw CliException.Usage(string.Create(CultureInfo.InvariantCulture, $"{bars:N0} candles of {timeframe} are {(bars < 1 ? "too few" : "too many")}: 1 to {HistoryRequest.MostCandles:N0}. Choose another --timeframe or --days."));
    }

    private MonteCarloOptions Paths(ParseResult parsed)
    {
        var usual = new MonteCarloOptions();
        return usual with { Ruin = parsed.GetValue(_ruin) ?? usual.Ruin, Seed = (int?)parsed.GetValue(_seed) ?? usual.Seed };
    }

    private static PositionSide? Side(ArgumentResult result)
    {
        switch (result.Tokens[^1].Value.ToLowerInvariant())
        {
            case "long":
                return PositionSide.Long;
            case "short":
                return PositionSide.Short;
        }

        result.AddError($"--side is \"{result.Tokens[^1].Value}\"; allowed: long or short.");
        return null;
    }
}
