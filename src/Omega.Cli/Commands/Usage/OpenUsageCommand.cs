using System.CommandLine;
using System.Globalization;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Usage;

/// <summary><c>omega usage open</c>: calls whose end nobody has written down, which count as what was reserved for them.</summary>
internal sealed class OpenUsageCommand : Command
{
    /// <summary>Lines that are shown; the rest is counted.</summary>
    private const int MostLines = 100;

    public OpenUsageCommand(CliHost host)
        : base("open", "Calls that still run, or whose process ended before they did. They count as what was reserved for them.")
    {
        var json = OptionParsing.Switch("--json", "As a JSON object");
        Options.Add(json);
        SetAction(async (parsed, cancellationToken) =>
        {
            var rows = await UsageFile.ReadAsync(async () => await host.Usage.ReadOpenAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            if (parsed.GetValue(json))
                UsageJson.WriteRows(host.Terminal, "open", rows);
            else if (rows.Count == 0)
                host.Terminal.Line("No call is open: what everything cost is known.", Tone.Dim);
            else
                Show(host.Terminal, rows);
            return ExitCode.Answered;
        });
    }

    private static void Show(Terminal terminal, List<UsageRecord> rows)
    {
        var table = new TextTable(new("id", Right: true), new("began (UTC)"), new("model", Flexible: true), new("conversation", Flexible: true), new("step", Right: true), new("call", Right: true), new("reserved", Right: true));
        foreach (var row in rows.Take(MostLines))
        {
            table.Add(
                Number(row.Id), row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), $"{row.Provider}/{row.Model}", row.Session ?? "", Number(row.Step), Number(row.Attempt),
                row.ReservedUsd is { } usd ? "~$" + UsageTable.Money(usd) : "?");
        }

        foreach (var line in table.Lines(terminal))
            terminal.OutputLine(line);
        if (rows.Count > MostLines)
            terminal.OutputLine($"{Number(rows.Count - MostLines)} more; all of them: --json");
        terminal.Line("Where a call's process is gone, say what it came to: omega usage settle ID --cost USD, or --unsent.", Tone.Dim);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
