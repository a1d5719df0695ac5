using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Commands.Data;
using Omega.Cli.Screen;
using Omega.Trading;
using Omega.Trading.Backtesting;
using Omega.Trading.Strategies;

namespace Omega.Cli.Commands.Backtest;

/// <summary><c>omega compare</c>: strategies side by side over the same candles, at the same costs.</summary>
internal sealed class CompareCommand : Command, IExamples
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    private readonly CliHost _host;
    private readonly BacktestArguments _arguments = new();
    private readonly Argument<string[]> _strategies = new("strategy") { Description = "Built-in strategies or JSON files, each also with values of its own: ema-cross:fast=20,slow=50", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON array of reports");

    public CompareCommand(CliHost host)
        : base("compare", "Run several strategies over the same candles and show them side by side, with buying and holding.")
    {
        _host = host;
        Arguments.Add(_strategies);
        _arguments.AddTo(this);
        Options.Add(_json);
        SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega compare ema-cross donchian momentum --candles btcusdt-1h.csv.gz",
        "omega compare ema-cross ema-cross:fast=20,slow=50 my-cross.json --candles btcusdt-1h.csv.gz --from 2020-01-01 --fee 5bps",
        "omega compare ema-cross donchian --candles btcusdt-1h.csv.gz --json | jq '.[] | {strategy, sharpe}'",
    ];

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (UnknownOptions.Find(parsed, _strategies) is { } unknown)
            throw CliException.Usage(unknown);
        var options = _arguments.Read(parsed);
        var choices = Choices(parsed.GetValue(_strategies)!, parsed.GetValue(_arguments.Values) ?? []);
        return CandleWork.Run(_host, (work, token) => Run(work, parsed, choices, options, token), cancellationToken);
    }

    private int Run(CandleWork work, ParseResult parsed, List<StrategyChoice> choices, BacktestOptions options, CancellationToken cancellationToken)
    {
        var (series, file) = _arguments.ReadCandles(work, parsed);
        foreach (var choice in choices)
            BacktestArguments.CheckLength(choice.Strategy, series, options);
        var reports = new List<BacktestReport>();
        try
        {
            foreach (var choice in choices)
            {
                reports.Add(BacktestEngine.Run(choice.Strategy, series, options, work.Showing<BacktestProgress>(progress => Words(progress, reports.Count, choices.Count)), cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (reports.Count > 0)
        {
            // What was done is kept.
            Write(parsed, reports, choices, file);
            _host.Terminal.Marked("note", $"Only {reports.Count} of {choices.Count} strategies were run.", Tone.Warning);
            throw;
        }

        Write(parsed, reports, choices, file);
        return ExitCode.Answered;
    }

    private void Write(ParseResult parsed, List<BacktestReport> reports, List<StrategyChoice> choices, CandleFileReport file)
    {
        _host.Terminal.Live("", Tone.Dim);
        if (parsed.GetValue(_json))
            WriteJson(reports);
        else
            WriteText(reports, choices, file);
    }

    private void WriteText(List<BacktestReport> reports, List<StrategyChoice> choices, CandleFileReport file)
    {
        var context = new ReportContext { File = file };
        var longest = reports.MaxBy(report => report.Bars)!;
        BacktestText.Facts(_host.Terminal, choices.Take(reports.Count).Where(choice => choice.Parameters.Length > 0).Select(choice => new ReportFact(choice.Strategy.Name, choice.Parameters)));
        BacktestText.Facts(_host.Terminal, ReportFacts.OfData(longest, context));
        BacktestText.Figures(_host.Terminal, ReportTable.Of(reports));
        BacktestText.Notes(_host.Terminal, Notes(reports));
    }

    /// <summary>Notes that all share once, the others with their strategy.</summary>
    private static IEnumerable<string> Notes(List<BacktestReport> reports)
    {
        var shared = reports[0].Notes.Where(note => reports.All(report => report.Notes.Contains(note))).ToList();
        return [.. shared, .. reports.SelectMany(report => report.Notes.Except(shared).Select(note => $"{report.Strategy}: {note}")).Distinct()];
    }

    private void WriteJson(List<BacktestReport> reports)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartArray();
            foreach (var report in reports)
                report.WriteTo(json);
            json.WriteEndArray();
        }

        buffer.Write("\n"u8);
        _host.Terminal.Output(buffer.WrittenSpan);
    }

    /// <summary>The strategies, each with its own values before those that are given for all that have such a parameter.</summary>
    private List<StrategyChoice> Choices(string[] texts, string[] forAll)
    {
        var read = texts.Select(text => StrategyChoice.Read(_host, text)).ToList();
        var names = forAll.Select(value => (Value: value, StrategyChoice.Split(value).Name)).ToList();
        if (names.FirstOrDefault(one => !read.Exists(strategy => Has(strategy.Spec, one.Name))) is { Value: { } stray })
            throw CliException.Usage($"None of the strategies has the parameter of \"{stray}\". See them with: omega strategies show NAME");
        return [.. read.Select(strategy => StrategyChoice.Of(strategy.Spec, [.. names.Where(one => Has(strategy.Spec, one.Name)).Select(one => one.Value), .. strategy.Values]))];
    }

    private static bool Has(StrategySpec spec, string name) => spec.Parameters.Any(parameter => parameter.Name == name);

    private static string Words(BacktestProgress progress, int done, int all) =>
        string.Create(CultureInfo.InvariantCulture, $"strategy {done + 1} of {all}: {progress.Bars:N0} of {progress.Total:N0} bars");
}
