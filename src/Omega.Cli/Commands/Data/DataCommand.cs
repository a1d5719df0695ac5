using System.CommandLine;
using System.CommandLine.Parsing;
using Omega.Trading;

namespace Omega.Cli.Commands.Data;

/// <summary><c>omega data</c>: files of candles.</summary>
internal sealed class DataCommand : Command, IExamples
{
    public DataCommand(CliHost host)
        : base("data", "Check, import and resample files of candles (CSV, plain or in .gz or .zip).")
    {
        Subcommands.Add(new CheckDataCommand(host));
        Subcommands.Add(new ImportDataCommand(host));
        Subcommands.Add(new ResampleDataCommand(host));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega data check btcusdt-1h.csv.gz",
        "omega data import btcusdt-1h.csv.gz --instrument binance:BTC/USDT",
        "omega data resample btcusdt-1h.csv.gz --to 4h -o btcusdt-4h.csv",
    ];

    internal static Argument<string> FileArgument() => new("file") { Description = "A file of candles: CSV, plain or in .gz or .zip" };

    internal static Option<bool> StrictOption() => OptionParsing.Switch("--strict", "Refuse the file if any row is bad");

    internal static Option<Timeframe?> TimeframeOption(string name, string description) => new(name)
    {
        Description = $"{description} ({string.Join(' ', Timeframe.All)})",
        HelpName = "TIMEFRAME",
        CustomParser = result => Parsed<Timeframe?>(result, text => Timeframe.Parse(text)),
    };

    internal static Option<Instrument?> InstrumentOption(string description) => new("--instrument")
    {
        Description = description,
        HelpName = "INSTRUMENT",
        CustomParser = result => Parsed<Instrument?>(result, Instrument.Parse),
    };

    // The library's message is the answer to a wrong value.
    private static T? Parsed<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens[^1].Value);
        }
        catch (TradingException exception)
        {
            result.AddError(exception.Message);
            return default;
        }
    }
}
