using System.CommandLine;
using System.Globalization;
using Omega.Cli.Screen;
using Omega.Trading;

namespace Omega.Cli.Commands.Data;

/// <summary><c>omega data import</c>: adds a file's candles to those kept under the data folder.</summary>
internal sealed class ImportDataCommand : Command, IExamples
{
    private readonly CliHost _host;

    public ImportDataCommand(CliHost host)
        : base("import", "Keep a file's candles under the data folder, by instrument and timeframe.")
    {
        _host = host;
        var file = DataCommand.FileArgument();
        var instrument = DataCommand.InstrumentOption("Whose candles they are: BTC/USD, binance:BTC/USDT; candles of different instruments do not mix");
        instrument.Required = true;
        var timeframe = DataCommand.TimeframeOption("--timeframe", "Take the candles as of this timeframe");
        var strict = DataCommand.StrictOption();
        var replace = OptionParsing.Switch("--replace", "Let the file win over candles that are kept already and differ");
        var json = OptionParsing.Switch("--json", "As a JSON object");
        Arguments.Add(file);
        Options.Add(instrument);
        Options.Add(timeframe);
        Options.Add(strict);
        Options.Add(replace);
        Options.Add(json);
        SetAction((parsed, cancellationToken) => Task.FromResult(CandleWork.Run(
            host,
            (work, token) =>
            {
                var options = new CandleFileOptions { Strict = parsed.GetValue(strict), Timeframe = parsed.GetValue(timeframe), Source = parsed.GetValue(instrument)!.ToString() };
                var (series, report) = work.Read(parsed.GetValue(file)!, options);
                var import = new CandleStore(host.Settings.Folders.Data).Save(series, parsed.GetValue(replace), token);
                work.TellBadRows(report);
                if (parsed.GetValue(json))
                    DataJson.Write(host.Terminal, DataJson.Import(import, report));
                else
                    Tell(import);
                return ExitCode.Answered;
            },
            cancellationToken)));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega data import btcusdt-1h.csv.gz --instrument binance:BTC/USDT",
        "omega data import BTCUSDT-1m-2024-01.zip --instrument binance:BTC/USDT --strict",
    ];

    private void Tell(CandleImport import)
    {
        var series = import.Series;
        _host.Terminal.OutputLine(string.Create(CultureInfo.InvariantCulture, $"{series.Source} {series.Timeframe}: {import.Added:N0} candles added, {series.Count:N0} kept, {ReportText.Moment(series[0].OpenTime)} to {ReportText.Moment(series[^1].OpenTime)} UTC, {series.MissingCount:N0} missing."));
        if (import.Replaced > 0)
            _host.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{import.Replaced:N0} kept candles differed and gave way."), Tone.Dim);
        if (import.Differing > 0)
            _host.Terminal.Marked("warning", string.Create(CultureInfo.InvariantCulture, $"{import.Differing:N0} candles of the file differ from those kept; the kept ones stay. Let the file win with --replace."), Tone.Warning);
    }
}
