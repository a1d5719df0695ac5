using System.CommandLine;
using System.CommandLine.Parsing;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Usage;

/// <summary><c>omega usage</c>: what calls of models took and cost, from the ledger.</summary>
internal sealed class UsageCommand : Command, IExamples
{
    private static readonly string[] Groups = [.. Enum.GetNames<UsageGroup>().Select(name => name.ToLowerInvariant())];

    private readonly CliHost _host;
    private readonly Option<UsageGroup> _by = new("--by")
    {
        Description = $"What a line is ({string.Join(", ", Groups)}); default day",
        HelpName = "GROUP",
        DefaultValueFactory = _ => UsageGroup.Day,
        CustomParser = Group,
    };

    private readonly Option<DateTimeOffset?> _since;
    private readonly Option<DateTimeOffset?> _until;
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON object");
    private readonly Option<bool> _csv = OptionParsing.Switch("--csv", "As CSV");

    public UsageCommand(CliHost host)
        : base("usage", "What calls of models took and cost.")
    {
        _host = host;
        _since = UsageMoment.Option(host.Time, "--since", "Only what began then or later; default everything");
        _until = UsageMoment.Option(host.Time, "--until", "Only what began before then");
        Options.Add(_by);
        Options.Add(_since);
        Options.Add(_until);
        Options.Add(_json);
        Options.Add(_csv);
        Subcommands.Add(new ExportUsageCommand(host));
        Subcommands.Add(new OpenUsageCommand(host));
        Subcommands.Add(new SettleUsageCommand(host));
        Subcommands.Add(new PruneUsageCommand(host));
        SetAction(RunAsync);
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega usage",
        "omega usage --by model --since 30d",
        "omega usage --by session --json | jq .total.cost_usd",
        "omega usage export --since 2026-11-01 > calls.csv",
        "omega usage open",
        "omega usage settle 1042 --cost 0.012",
        "omega usage prune --before 365d",
    ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_json) && parsed.GetValue(_csv))
            throw CliException.Usage("--json and --csv are two forms of one thing: give one of the two.");
        var query = new UsageQuery { By = parsed.GetValue(_by), Since = parsed.GetValue(_since), Until = parsed.GetValue(_until) };
        var report = await UsageFile.ReadAsync(() => _host.Usage.ReportAsync(query, cancellationToken)).ConfigureAwait(false);
        if (parsed.GetValue(_json))
            UsageJson.Write(_host.Terminal, report, query);
        else if (parsed.GetValue(_csv))
            UsageCsv.Write(_host.Terminal, report);
        else if (report.Total is { Attempts: 0, FunctionCalls: 0 })
            _host.Terminal.Line(query is { Since: null, Until: null } ? "Nothing has been used yet. Ask something: omega ask \"…\"" : "Nothing was used in that time. All of it: omega usage", Tone.Dim);
        else
            UsageTable.Write(_host.Terminal, report);
        return ExitCode.Answered;
    }

    private static UsageGroup Group(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (Groups.Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<UsageGroup>(text, ignoreCase: true);
        result.AddError($"--by is \"{text}\"; allowed: {string.Join(", ", Groups)}.");
        return default;
    }
}
