using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Commands.Data;
using Omega.Cli.Screen;
using Omega.Trading;
using Omega.Trading.Backtesting;
using Omega.Trading.Statistics;

namespace Omega.Cli.Commands.Backtest;

/// <summary><c>omega backtest</c>: one strategy over a file of candles.</summary>
internal sealed class BacktestCommand : Command, IExamples
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    private readonly CliHost _host;
    private readonly BacktestArguments _arguments = new();
    private readonly Option<string> _strategy = new("--strategy") { Description = "A built-in strategy, or a JSON file", HelpName = "NAME|FILE.json", Required = true };
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON object");
    private readonly Option<bool> _series = OptionParsing.Switch("--series", "With --json: the list of trades and the equity at each close too");
    private readonly Option<string?> _csv = OptionParsing.Text("--csv", "As CSV, every digit: trades, or equity at each close", "trades|equity");
    private readonly Option<string?> _html = OptionParsing.Text("--html", "Write a self-contained page as well", "FILE");
    private readonly Option<double?> _seed = OptionParsing.Number("--seed", "Seed of what is drawn by chance: other orders of the trades, the proof's times (default 1)", "N", new NumberRange(0, int.MaxValue, Whole: true));
    private readonly Option<bool> _prove = OptionParsing.Switch("--prove", "Prove that the strategy does not look ahead; exits 1 where that fails");

    public BacktestCommand(CliHost host)
        : base("backtest", "Run a strategy over a file of candles: fills, costs and every statistic, beside buying and holding.")
    {
        _host = host;
        Options.Add(_strategy);
        _arguments.AddTo(this);
        _arguments.Values.AllowMultipleArgumentsPerToken = true;
        foreach (var option in (Option[])[_json, _series, _csv, _html, _prove, _seed])
            Options.Add(option);
        SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega backtest --strategy ema-cross --candles btcusdt-1h.csv.gz",
        "omega backtest --strategy ema-cross --param fast=20 slow=50 --candles btcusdt-1h.csv.gz --timeframe 4h --from 2020-01-01",
        "omega backtest --strategy my-cross.json --candles btcusdt-1h.csv.gz --fee 5bps --slippage 2bps --html report.html",
        "omega backtest --strategy donchian --candles btcusdt-1h.csv.gz --json | jq '.sharpe, .buy_and_hold.sharpe'",
        "omega backtest --strategy donchian --candles btcusdt-1h.csv.gz --csv trades > trades.csv",
        "omega backtest --strategy my-cross.json --candles btcusdt-1h.csv.gz --prove",
    ];

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (json, csv) = (parsed.GetValue(_json), parsed.GetValue(_csv));
        if (csv is not (null or "trades" or "equity"))
            throw CliException.Usage($"--csv is \"{csv}\"; allowed: trades or equity.");
        if (json && csv is not null)
            throw CliException.Usage("--json and --csv both take standard output; give one.");
        if (parsed.GetValue(_series) && !json)
            throw CliException.Usage("--series adds to --json; give both, or --csv trades or --csv equity.");
        var options = _arguments.Read(parsed);
        var (spec, values) = StrategyChoice.Read(_host, parsed.GetValue(_strategy)!);
        var choice = StrategyChoice.Of(spec, [.. values, .. parsed.GetValue(_arguments.Values) ?? []]);
        return CandleWork.Run(_host, (work, token) => Run(work, parsed, choice, options, token), cancellationToken);
    }

    private int Run(CandleWork work, ParseResult parsed, StrategyChoice choice, BacktestOptions options, CancellationToken cancellationToken)
    {
        var (series, file) = _arguments.ReadCandles(work, parsed);
        BacktestArguments.CheckLength(choice.Strategy, series, options);
        var report = BacktestEngine.Run(choice.Strategy, series, options, work.Showing<BacktestProgress>(Words), cancellationToken);
        var context = new ReportContext { File = file, Parameters = choice.Parameters };
        var seed = (int)(parsed.GetValue(_seed) ?? 1);
        if (parsed.GetValue(_prove))
            context = context with { Proof = Prove(work, choice, series, options, seed, cancellationToken) };
        var (json, csv, html) = (parsed.GetValue(_json), parsed.GetValue(_csv), parsed.GetValue(_html));
        if (html is not null || (!json && csv is null))
            context = context with { OtherOrders = report.SimulateTrades(new MonteCarloOptions { Seed = seed }, cancellationToken) };
        _host.Terminal.Live("", Tone.Dim);
        if (html is not null)
            BacktestPage.Write(html, report, context);
        if (json)
            WriteJson(report, context, parsed.GetValue(_series));
        else if (csv is not null)
            WriteCsv(csv, report, cancellationToken);
        else
            WriteText(report, context);
        if (html is not null)
            _host.Terminal.Line($"Wrote {html}.", Tone.Dim);
        return Verdict(context.Proof, isTold: !json && csv is null);
    }

    private static LookaheadReport Prove(CandleWork work, StrategyChoice choice, CandleSeries series, BacktestOptions options, int seed, CancellationToken cancellationToken) =>
        LookaheadProof.Run(
            choice.Strategy,
            series,
            new LookaheadOptions { Seed = seed, Backtest = options },
            work.Showing<LookaheadProgress>(static progress => string.Create(CultureInfo.InvariantCulture, $"proof: {progress.Points:N0} of {progress.Total:N0} times")),
            cancellationToken);

    /// <summary>The exit code; says why it is not 0 where standard output does not.</summary>
    private int Verdict(LookaheadReport? proof, bool isTold)
    {
        if (proof is null or { IsProven: true })
        {
            if (proof is not null && !isTold)
                _host.Terminal.Line(proof.ToString(), Tone.Dim);
            return ExitCode.Answered;
        }

        _host.Terminal.Marked("error", $"The proof does not hold. {proof}", Tone.Error);
        return ExitCode.Failed;
    }

    private void WriteJson(BacktestReport report, ReportContext context, bool withSeries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
            report.WriteTo(json, withSeries, context.Proof);
        buffer.Write("\n"u8);
        _host.Terminal.Output(buffer.WrittenSpan);
    }

    private void WriteCsv(string what, BacktestReport report, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        if (what == "trades")
            BacktestCsv.WriteTrades(buffer, report, cancellationToken);
        else
            BacktestCsv.WriteEquity(buffer, report, cancellationToken);
        _host.Terminal.Output(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private void WriteText(BacktestReport report, ReportContext context)
    {
        BacktestText.Facts(_host.Terminal, [.. ReportFacts.OfRun(report, context), .. ReportFacts.OfData(report, context)]);
        BacktestText.Figures(_host.Terminal, ReportTable.Of(report));
        BacktestText.Notes(_host.Terminal, report.Notes);
    }

    private static string Words(BacktestProgress progress) => string.Create(CultureInfo.InvariantCulture, $"{progress.Bars:N0} of {progress.Total:N0} bars");
}
