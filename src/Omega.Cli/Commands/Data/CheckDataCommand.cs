using System.CommandLine;
using Omega.Trading;

namespace Omega.Cli.Commands.Data;

/// <summary><c>omega data check</c>: what a file is, and every fault in it.</summary>
internal sealed class CheckDataCommand : Command, IExamples
{
    public CheckDataCommand(CliHost host)
        : base("check", "Say what a file of candles holds: format, timeframe, bad rows, gaps.")
    {
        var file = DataCommand.FileArgument();
        var strict = DataCommand.StrictOption();
        var timeframe = DataCommand.TimeframeOption("--timeframe", "Take the candles as of this timeframe");
        var json = OptionParsing.Switch("--json", "As a JSON object");
        Arguments.Add(file);
        Options.Add(strict);
        Options.Add(timeframe);
        Options.Add(json);
        SetAction((parsed, cancellationToken) => Task.FromResult(CandleWork.Run(
            host,
            (work, _) =>
            {
                var options = new CandleFileOptions { Strict = parsed.GetValue(strict), Timeframe = parsed.GetValue(timeframe) };
                var (_, report) = work.Read(parsed.GetValue(file)!, options);
                if (parsed.GetValue(json))
                    DataJson.Write(host.Terminal, DataJson.Report(report));
                else
                    ReportText.Write(host.Terminal, report);
                return ExitCode.Answered;
            },
            cancellationToken)));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega data check btcusdt-1h.csv.gz",
        "omega data check BTCUSDT-1m-2024-01.zip --strict --timeframe 1m",
        "omega data check btcusdt-1h.csv.gz --json | jq .bad_rows",
    ];
}
