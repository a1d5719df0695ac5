using System.CommandLine;
using Omega.Cli.Screen;
using Omega.Trading.Indicators;

namespace Omega.Cli.Commands.Indicators;

/// <summary><c>omega indicators list</c>: every indicator with its parameters.</summary>
internal sealed class ListIndicatorsCommand : Command, IExamples
{
    private readonly CliHost _host;

    public ListIndicatorsCommand(CliHost host)
        : base("list", "List every indicator: values, outputs, what it shows.")
    {
        _host = host;
        var json = OptionParsing.Switch("--json", "As a JSON array");
        Options.Add(json);
        SetAction(parsed => Run(parsed.GetValue(json)));
    }

    public IReadOnlyList<string> Examples => ["omega indicators list", "omega indicators list --json | jq -r '.[].indicator'"];

    public int Run(bool json)
    {
        if (json)
        {
            IndicatorJson.WriteCatalogue(_host.Terminal, IndicatorCatalog.All);
            return ExitCode.Answered;
        }

        var table = new TextTable(new TextColumn("indicator"), new("outputs"), new("what it shows", Flexible: true));
        foreach (var indicator in IndicatorCatalog.All)
            table.Add(indicator.With().ToString(), string.Join(' ', indicator.Outputs), indicator.Description);
        foreach (var line in table.Lines(_host.Terminal))
            _host.Terminal.OutputLine(line);
        _host.Terminal.Line("The values are the usual ones. More about one with: omega indicators NAME", Tone.Dim);
        return ExitCode.Answered;
    }
}
