using System.CommandLine;
using System.Globalization;
using Omega.Cli.Commands.Data;
using Omega.Cli.Screen;
using Omega.Trading;
using Omega.Trading.Indicators;

namespace Omega.Cli.Commands.Indicators;

/// <summary><c>omega indicators</c>: computes indicators over a file of candles; without a file says what they are.</summary>
internal sealed class IndicatorsCommand : Command, IExamples
{
    private const int UsualRows = 20;

    private static readonly NumberRange Rows = new(1, int.MaxValue, Whole: true);

    private readonly CliHost _host;
    private readonly Argument<string[]> _names = new("indicator") { Description = "A name, and its values after a colon: rsi, ema:12, macd:12,26,9", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _candles = OptionParsing.Text("--candles", "The file of candles: CSV, plain or in .gz or .zip", "FILE");
    private readonly Option<Timeframe?> _timeframe = DataCommand.TimeframeOption("--timeframe", "Take the candles as of this timeframe");
    private readonly Option<double?> _last = OptionParsing.Number("--last", $"Only the last rows; a table has {UsualRows} unless told", "N", Rows);
    private readonly Option<bool> _csv = OptionParsing.Switch("--csv", "As CSV, every digit, empty where there is no value");
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON object, null where there is no value");

    public IndicatorsCommand(CliHost host)
        : base("indicators", "Compute indicators over a file of candles, or say what they are.")
    {
        _host = host;
        var list = new ListIndicatorsCommand(host);
        Subcommands.Add(list);
        Arguments.Add(_names);
        foreach (var option in (Option[])[_candles, _timeframe, _last, _csv, _json])
            Options.Add(option);
        SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, list, cancellationToken)));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega indicators list",
        "omega indicators macd",
        "omega indicators rsi ema:12 bollinger:20,2 --candles btcusdt-1h.csv.gz",
        "omega indicators macd:12,26,9 --candles btcusdt-1h.csv.gz --csv > macd.csv",
        "omega indicators atr --candles btcusdt-1h.csv.gz --last 1 --json | jq '.rows[0].atr_14'",
    ];

    private int Run(ParseResult parsed, ListIndicatorsCommand list, CancellationToken cancellationToken)
    {
        if (UnknownOptions.Find(parsed, _names) is { } unknown)
            throw CliException.Usage(unknown);
        var indicators = Indicators(parsed.GetValue(_names) ?? []);
        var (csv, json, file) = (parsed.GetValue(_csv), parsed.GetValue(_json), parsed.GetValue(_candles));
        if (csv && json)
            throw CliException.Usage("--csv and --json are two forms of the same; give one.");
        if (file is null && (csv || parsed.GetValue(_last) is not null || parsed.GetValue(_timeframe) is not null))
            throw CliException.Usage("There is nothing to compute on. Name a file of candles with --candles FILE.");
        if (indicators.Count == 0)
            return file is null ? list.Run(json) : throw CliException.Usage("Name an indicator, such as rsi or ema:12. See them with: omega indicators list");
        if (file is null)
            return Tell(indicators, json);
        return CandleWork.Run(_host, (work, token) => Compute(work, parsed, file, indicators, token), cancellationToken);
    }

    private int Compute(CandleWork work, ParseResult parsed, string file, List<Indicator> indicators, CancellationToken cancellationToken)
    {
        var (series, report) = work.Read(file, new CandleFileOptions { Timeframe = parsed.GetValue(_timeframe) });
        work.TellBadRows(report);
        var sheet = new IndicatorSheet(series, indicators, cancellationToken);
        var last = parsed.GetValue(_last) is { } rows ? (int)Math.Min(rows, series.Count) : (int?)null;
        if (parsed.GetValue(_json))
        {
            IndicatorJson.Write(_host.Terminal, sheet, series.Count - (last ?? series.Count), cancellationToken);
            return ExitCode.Answered;
        }

        foreach (var note in sheet.Notes)
            _host.Terminal.Marked("note", note, Tone.Warning);
        if (parsed.GetValue(_csv))
            IndicatorCsv.Write(_host.Terminal, sheet, series.Count - (last ?? series.Count), cancellationToken);
        else
            WriteTable(sheet, Math.Min(last ?? UsualRows, series.Count));
        return ExitCode.Answered;
    }

    private void WriteTable(IndicatorSheet sheet, int rows)
    {
        var series = sheet.Series;
        var table = new TextTable([new("time (UTC)"), .. sheet.Columns.Select(column => new TextColumn(column.Name, Right: true))]);
        for (var t = series.Count - rows; t < series.Count; t++)
            table.Add([series[t].OpenTime.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), .. sheet.Columns.Select(column => Shown(column.Values[t]))]);
        foreach (var line in table.Lines(_host.Terminal))
            _host.Terminal.OutputLine(line);
        if (rows < series.Count)
            _host.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"The last {rows:N0} of {series.Count:N0} bars of {series.Timeframe}; --last N for more, --csv for all."), Tone.Dim);
    }

    private int Tell(List<Indicator> indicators, bool json)
    {
        if (json)
            IndicatorJson.WriteCatalogue(_host.Terminal, indicators.Select(indicator => indicator.Descriptor));
        else
            IndicatorText.Tell(_host.Terminal, indicators);
        return ExitCode.Answered;
    }

    /// <exception cref="CliException">A name or a value is wrong, or one stands there twice.</exception>
    private static List<Indicator> Indicators(string[] names)
    {
        var indicators = new List<Indicator>();
        foreach (var name in names)
        {
            try
            {
                var indicator = IndicatorCatalog.Parse(name);
                if (indicators.Any(other => other.ToString() == indicator.ToString()))
                    throw CliException.Usage($"{indicator} stands there twice.");
                indicators.Add(indicator);
            }
            catch (TradingException exception)
            {
                throw CliException.Usage(exception.Message);
            }
        }

        return indicators;
    }

    /// <summary>Enough digits for a person; whole numbers whole.</summary>
    private static string Shown(double value) => value switch
    {
        double.NaN => "-",
        _ when value == Math.Floor(value) && Math.Abs(value) < 1e15 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("G8", CultureInfo.InvariantCulture),
    };
}
