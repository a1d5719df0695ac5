using System.CommandLine;
using Omega.Cli.Commands.Data;
using Omega.Trading;
using Omega.Trading.Backtesting;
using Omega.Trading.Execution;
using Omega.Trading.Strategies;

namespace Omega.Cli.Commands.Backtest;

/// <summary>The options that one back-test and several side by side share: candles, window, account, costs.</summary>
internal sealed class BacktestArguments
{
    private const decimal MostCost = 0.1m;

    private readonly Option<string> _candles = new("--candles") { Description = "The file of candles: CSV, plain or in .gz or .zip", HelpName = "FILE", Required = true };
    private readonly Option<Timeframe?> _timeframe = DataCommand.TimeframeOption("--timeframe", "Run on candles of this timeframe, made of the file's where those are shorter");
    private readonly Option<DateTimeOffset?> _from = Moments.Option("--from", "Bars that open then or later; earlier ones warm up (UTC)");
    private readonly Option<DateTimeOffset?> _to = Moments.Option("--to", "Bars that open before then (UTC)");
    private readonly Option<decimal?> _cash = Fractions.Amount("--cash", "What the account begins with (default 10000)");
    private readonly Option<decimal?> _fee = Fractions.Cost("--fee", "Fee of each fill: 0.001, 10bps or 0.1% (default 10bps)", MostCost);
    private readonly Option<decimal?> _slippage = Fractions.Cost("--slippage", "Slippage of market and stop fills (default 0)", MostCost);
    private readonly Option<bool> _allowShort = OptionParsing.Switch("--allow-short", "Let strategies sell short");
    private readonly Option<Instrument?> _instrument = DataCommand.InstrumentOption("Whose candles they are, for the report: BTC/USD, binance:BTC/USDT");
    private readonly Option<decimal?> _tick = Fractions.Amount("--tick", "Smallest step of a price (default 0.01; with --instrument)");
    private readonly Option<decimal?> _step = Fractions.Amount("--step", "Smallest step of a quantity (default 0.00001; with --instrument)");

    public Option<string[]> Values { get; } = new("--param")
    {
        Description = "A parameter of the strategy, as fast=12; may be given several times",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_candles, _timeframe, _from, _to, Values, _cash, _fee, _slippage, _allowShort, _instrument, _tick, _step])
            command.Options.Add(option);
    }

    /// <summary>Checks what can be wrong before any file is read.</summary>
    /// <exception cref="CliException">Options do not go together.</exception>
    public BacktestOptions Read(ParseResult parsed)
    {
        var (from, to, instrument) = (parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_instrument));
        if (from >= to)
            throw CliException.Usage($"--from {from:yyyy-MM-dd HH:mm} is not before --to {to:yyyy-MM-dd HH:mm} (UTC); bars that open at --to or later are left out.");
        if (instrument is null && (parsed.GetValue(_tick) is not null || parsed.GetValue(_step) is not null))
            throw CliException.Usage("--tick and --step are an instrument's: name it with --instrument, as BTC/USD.");
        if (instrument is not null)
            instrument = instrument with { Tick = parsed.GetValue(_tick) ?? instrument.Tick, Step = parsed.GetValue(_step) ?? instrument.Step };
        var costs = new FillOptions { Slippage = parsed.GetValue(_slippage) ?? 0, AllowShort = parsed.GetValue(_allowShort) };
        if (parsed.GetValue(_fee) is { } fee)
            costs = costs with { TakerFee = fee, MakerFee = fee };
        var options = new BacktestOptions { From = from, To = to, Instrument = instrument, Fills = costs };
        return parsed.GetValue(_cash) is { } cash ? options with { Cash = cash } : options;
    }

    /// <summary>Reads the candles, and makes them into those of the timeframe that was asked for.</summary>
    /// <exception cref="TradingException">The file cannot be read or made into that timeframe.</exception>
    public (CandleSeries Series, CandleFileReport File) ReadCandles(CandleWork work, ParseResult parsed)
    {
        var (series, file) = work.Read(parsed.GetValue(_candles)!, new CandleFileOptions());
        work.TellBadRows(file);
        if (parsed.GetValue(_timeframe) is not { } timeframe)
            return (series, file);
        series = series.Resample(timeframe);
        return series.Count > 0 ? (series, file) : throw CliException.Failed($"{file.File} holds no complete {timeframe} candle: {file.Candles} of {file.Timeframe}.");
    }

    /// <summary>Refuses a run in which the strategy could not decide once.</summary>
    /// <exception cref="CliException">There are too few candles.</exception>
    /// <exception cref="TradingException">The strategy does not run on that timeframe.</exception>
    public static void CheckLength(IStrategy strategy, CandleSeries series, BacktestOptions options)
    {
        var (needed, there) = (strategy.Start(series.Timeframe).WarmUpBars, series.Between(null, options.To).Count);
        if (there <= needed)
            throw CliException.Failed($"{strategy.Name} needs {needed} bars before it decides, and there are {there} of {series.Timeframe}{(options.To is null ? "" : " before --to")}. Give more candles, a shorter timeframe or shorter lengths.");
    }
}
