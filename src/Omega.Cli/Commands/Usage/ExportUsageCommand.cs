using System.CommandLine;
using System.Text;

namespace Omega.Cli.Commands.Usage;

/// <summary><c>omega usage export</c>: every call of a model as a row of CSV, on standard output.</summary>
internal sealed class ExportUsageCommand : Command
{
    private const int WriteAt = 64 * 1024;

    public ExportUsageCommand(CliHost host)
        : base("export", "Every call of a model as a row of CSV. No prompts, no answers, no keys.")
    {
        var since = UsageMoment.Option(host.Time, "--since", "Only what began then or later");
        var until = UsageMoment.Option(host.Time, "--until", "Only what began before then");
        Options.Add(since);
        Options.Add(until);
        SetAction(async (parsed, cancellationToken) =>
        {
            var query = new Omega.Gpt.UsageQuery { Since = parsed.GetValue(since), Until = parsed.GetValue(until) };
            return await UsageFile.ReadAsync(() => RunAsync(host, query, cancellationToken)).ConfigureAwait(false);
        });
    }

    private static async Task<int> RunAsync(CliHost host, Omega.Gpt.UsageQuery query, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(UsageCsv.RowHeader).Append('\n');
        await foreach (var row in host.Usage.ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            UsageCsv.Append(text, row);
            if (text.Length >= WriteAt)
                Flush();
        }

        Flush();
        return ExitCode.Answered;

        void Flush()
        {
            host.Terminal.Output(Encoding.UTF8.GetBytes(text.ToString()));
            text.Clear();
        }
    }
}
