using System.CommandLine;
using System.Globalization;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Usage;

/// <summary><c>omega usage prune</c>: takes old rows out of the ledger. Asks on a terminal; elsewhere it wants <c>--yes</c>.</summary>
internal sealed class PruneUsageCommand : Command
{
    public PruneUsageCommand(CliHost host)
        : base("prune", "Delete old calls from the ledger. What days and months have spent stays known to budgets.")
    {
        var before = UsageMoment.Option(host.Time, "--before", "What began before then is deleted");
        before.Required = true;
        var yes = OptionParsing.Switch("--yes", "Do not ask", "-y");
        Options.Add(before);
        Options.Add(yes);
        SetAction(async (parsed, cancellationToken) =>
        {
            var moment = parsed.GetValue(before)!.Value;
            if (!parsed.GetValue(yes) && !await AsksAsync(host, moment).ConfigureAwait(false))
                return ExitCode.Answered;
            var deleted = await UsageFile.ReadAsync(() => host.Usage.PruneAsync(moment, cancellationToken)).ConfigureAwait(false);
            host.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Deleted {deleted:#,0} calls of models."), Tone.Dim);
            return ExitCode.Answered;
        });
    }

    private static async Task<bool> AsksAsync(CliHost host, DateTimeOffset before)
    {
        var terminal = host.Terminal;
        var moment = before.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (!terminal.IsInputTerminal)
            throw CliException.Usage($"Deleting asks first, and there is no terminal to ask on: omega usage prune --before {before.UtcDateTime:yyyy-MM-dd} --yes");
        terminal.Prompt($"Delete what was used before {moment} UTC for good? [y/N] ");
        var yes = (await host.Lines.ReadAsync().ConfigureAwait(false))?.Trim() is "y" or "Y" or "yes";
        if (!yes)
            terminal.Line("Kept everything.", Tone.Dim);
        return yes;
    }
}
