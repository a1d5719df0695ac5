using System.CommandLine;
using Omega.Cli.Configuration;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Doctor;

/// <summary><c>omega doctor</c>: what is configured and what works; never any part of a secret. Exits 0 when a turn can be run.</summary>
internal sealed class DoctorCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON object");
    private readonly Option<bool> _network = OptionParsing.Switch("--network", "Also try providers that have no key");

    public DoctorCommand(CliHost host)
        : base("doctor", "Say what is configured, what is reachable and what is wrong.")
    {
        _host = host;
        Options.Add(_json);
        Options.Add(_network);
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    public IReadOnlyList<string> Examples => ["omega doctor", "omega doctor --network", "omega doctor --json | jq .checks"];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = Settings.Load(_host.Environment, _host.WorkingDirectory, tolerant: true);
        var checks = new List<Check>();
        checks.AddRange(SettingChecks.Of(settings, _host.WorkingDirectory));
        checks.AddRange(await StoreChecks.OfAsync(settings, cancellationToken).ConfigureAwait(false));
        var keys = KeyStores.Of(settings, _host.Time);
        checks.AddRange(KeyChecks.Of(settings, keys, _host.Time));
        checks.AddRange(await ProviderChecks.OfAsync(settings, keys, parsed.GetValue(_network), _host.Time, cancellationToken).ConfigureAwait(false));
        checks.AddRange(McpChecks.Of(settings));
        checks.Add(await MarketChecks.OfAsync(_host, settings, cancellationToken).ConfigureAwait(false));
        checks.AddRange(TelemetryChecks.Of(_host.Environment));
        var usable = checks.All(check => check.State != CheckState.Wrong);
        if (parsed.GetValue(_json))
            DoctorJson.Write(_host.Terminal, checks, usable);
        else
            Write(checks, usable);
        return usable ? ExitCode.Answered : ExitCode.Failed;
    }

    private void Write(List<Check> checks, bool usable)
    {
        var terminal = _host.Terminal;
        terminal.OutputLine(VersionCommand.Line);
        var width = checks.Max(check => PlainText.Columns(check.Name));
        foreach (var group in checks.GroupBy(check => check.Group))
        {
            terminal.OutputLine("");
            terminal.OutputLine(Tones.Paint(group.Key, Tone.Strong, terminal.OutputColour));
            foreach (var check in group)
            {
                var (mark, tone) = check.State switch
                {
                    CheckState.Good => ("ok", Tone.Accent),
                    CheckState.Off => ("--", Tone.Dim),
                    CheckState.Odd => ("!!", Tone.Warning),
                    _ => ("XX", Tone.Error),
                };
                var name = check.Name + new string(' ', width - PlainText.Columns(check.Name));
                terminal.OutputLine($"  {Tones.Paint(mark, tone, terminal.OutputColour)}  {name}  {PlainText.Clean(check.Finding)}");
            }
        }

        terminal.OutputLine("");
        terminal.OutputLine(usable ? "Ready." : "Not ready: see the lines marked XX.");
    }
}
