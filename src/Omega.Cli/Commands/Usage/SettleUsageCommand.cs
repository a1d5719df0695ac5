using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Usage;

/// <summary><c>omega usage settle</c>: what a call came to whose process ended before it did.</summary>
internal sealed class SettleUsageCommand : Command
{
    private const decimal MostUsd = 1_000_000m;

    public SettleUsageCommand(CliHost host)
        : base("settle", "Say what an open call came to, from the provider's bill. Can be said again; a call that still runs corrects it itself.")
    {
        var id = new Argument<long>("id") { Description = "The call's number, from omega usage open", HelpName = "ID", CustomParser = Id };
        var cost = new Option<decimal?>("--cost") { Description = "What it cost in US dollars (a number from 0 to 1000000)", HelpName = "USD", CustomParser = Cost };
        var unsent = OptionParsing.Switch("--unsent", "It was never sent and costs nothing");
        var json = OptionParsing.Switch("--json", "As a JSON object");
        Arguments.Add(id);
        Options.Add(cost);
        Options.Add(unsent);
        Options.Add(json);
        SetAction(async (parsed, cancellationToken) =>
        {
            var (usd, isUnsent) = (parsed.GetValue(cost), parsed.GetValue(unsent));
            if (isUnsent == usd is not null)
                throw CliException.Usage(isUnsent ? "--cost and --unsent contradict each other: give one of the two." : "What did it come to? Give --cost USD, or --unsent where it was never sent.");
            var row = await UsageFile.ReadAsync(() => host.Usage.SettleAsync(parsed.GetValue(id), usd, cancellationToken)).ConfigureAwait(false);
            if (parsed.GetValue(json))
                UsageJson.WriteRows(host.Terminal, "settled", [row]);
            else
                host.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Call {row.Id} ({row.Provider}/{row.Model}) {(usd is null ? "was never sent: $0" : $"cost ${UsageTable.Money(row.Cost!.Usd)}")}."), Tone.Dim);
            return ExitCode.Answered;
        });
    }

    private static long Id(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
            return id;
        result.AddError($"The call's number is \"{text}\"; allowed: a number that omega usage open shows.");
        return 0;
    }

    private static decimal? Cost(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd) && usd <= MostUsd)
            return usd;
        result.AddError($"--cost is \"{text}\"; allowed: a number from 0 to 1000000, in US dollars.");
        return null;
    }
}
