using System.CommandLine;
using System.Globalization;
using Omega.Cli.Screen;
using Omega.Trading;

namespace Omega.Cli.Commands.Data;

/// <summary><c>omega data resample</c>: a file's candles as longer ones, to a file or standard output.</summary>
internal sealed class ResampleDataCommand : Command, IExamples
{
    private readonly CliHost _host;

    public ResampleDataCommand(CliHost host)
        : base("resample", "Make longer candles of a file's: 4h of 1h. Incomplete ones at the ends are left out.")
    {
        _host = host;
        var file = DataCommand.FileArgument();
        var to = DataCommand.TimeframeOption("--to", "The longer timeframe");
        to.Required = true;
        var output = OptionParsing.Text("--output", "Where to, packed if it ends in .gz; standard output when left out", "FILE", "-o");
        var timeframe = DataCommand.TimeframeOption("--timeframe", "Take the file's candles as of this timeframe");
        var strict = DataCommand.StrictOption();
        var json = OptionParsing.Switch("--json", "What was done, as a JSON object (with -o)");
        Arguments.Add(file);
        Options.Add(to);
        Options.Add(output);
        Options.Add(timeframe);
        Options.Add(strict);
        Options.Add(json);
        SetAction((parsed, cancellationToken) => Task.FromResult(CandleWork.Run(
            host,
            (work, token) =>
            {
                var path = parsed.GetValue(output);
                if (path is null && parsed.GetValue(json))
                    throw CliException.Usage("--json says what was done, and the candles take standard output: name a file for them with -o FILE.");
                var options = new CandleFileOptions { Strict = parsed.GetValue(strict), Timeframe = parsed.GetValue(timeframe) };
                var (series, report) = work.Read(parsed.GetValue(file)!, options);
                var resampled = series.Resample(parsed.GetValue(to)!.Value);
                if (resampled.Count == 0)
                    throw CliException.Failed($"{report.File} holds no complete {resampled.Timeframe} candle: {report.Candles} of {report.Timeframe}.");
                work.TellBadRows(report);
                if (path is null)
                    WriteOut(resampled, token);
                else
                    CandleFile.Write(path, resampled, token);
                if (parsed.GetValue(json))
                    DataJson.Write(host.Terminal, DataJson.Resampling(path!, resampled, report));
                else
                    Tell(path, resampled, report);
                return ExitCode.Answered;
            },
            cancellationToken)));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega data resample btcusdt-1h.csv.gz --to 4h -o btcusdt-4h.csv",
        "omega data resample btcusdt-1h.csv.gz --to 1d | head",
    ];

    private void WriteOut(CandleSeries series, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        CandleFile.Write(buffer, series, cancellationToken);
        _host.Terminal.Output(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private void Tell(string? path, CandleSeries series, CandleFileReport report)
    {
        var incomplete = Incomplete(series);
        var parts = incomplete == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {incomplete:N0} of them incomplete (parts below {series.ExpectedParts})");
        _host.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{(path is null ? "" : $"Wrote {path}: ")}{series.Count:N0} candles of {series.Timeframe} from {report.Candles:N0} of {report.Timeframe}{parts}."), Tone.Dim);
    }

    internal static int Incomplete(CandleSeries series)
    {
        var incomplete = 0;
        foreach (var parts in series.Parts)
            incomplete += parts < series.ExpectedParts ? 1 : 0;
        return incomplete;
    }
}
