using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Commands.Functions;
using Omega.Cli.Screen;
using Omega.Gpt.Providers;

namespace Omega.Cli.Commands.Models;

/// <summary><c>omega models check</c>: whether the models that are configured still hold. Exits 1 when a person has something to do.</summary>
internal sealed class CheckModelsCommand : Command, IExamples
{
    private const int OldDays = 92; // the catalogue is gone over every month; a quarter without that is too long for prices

    private readonly CliHost _host;

    public CheckModelsCommand(CliHost host)
        : base("check", "Compare configured models with their lifecycle; with --live, ask their providers.")
    {
        _host = host;
        var names = new Argument<string[]>("model") { Description = "Models to check instead of those that settings and sessions name", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [] };
        var live = OptionParsing.Switch("--live", "Ask each provider for its models, and send two tiny turns (streaming, a function). Costs a fraction of a cent for most models");
        var json = OptionParsing.Switch("--json", "As a JSON object");
        Arguments.Add(names);
        Options.Add(live);
        Options.Add(json);
        SetAction((parsed, cancellationToken) =>
            UnknownOptions.Find(parsed, names) is { } unknown ? throw CliException.Usage(unknown) : RunAsync(parsed.GetValue(names)!, parsed.GetValue(live), parsed.GetValue(json), cancellationToken));
    }

    public IReadOnlyList<string> Examples => ["omega models check", "omega models check --live", "omega models check openai/gpt-5 --json"];

    private async Task<int> RunAsync(string[] names, bool live, bool asJson, CancellationToken cancellationToken)
    {
        var providers = ModelsCommand.Providers(_host);
        var day = ModelsCommand.Today(_host);
        var named = names.Length > 0
            ? [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new NamedModel(name.Trim(), "named here"))]
            : (List<NamedModel>)[.. ConfiguredModels.OfSettings(_host.Settings, providers), .. await ConfiguredModels.OfSessionsAsync(_host, cancellationToken).ConfigureAwait(false)];
        var findings = named.Select(model => ModelFinding.Of(model, providers, day)).ToList();
        var results = live ? await LiveAsync(findings, providers, cancellationToken).ConfigureAwait(false) : [];
        var age = providers.Catalog.Updated is { } updated ? day.DayNumber - updated.DayNumber : (int?)null;
        if (asJson)
            WriteJson(findings, results, age);
        else
            Write(findings, results, age);
        return findings.Any(finding => finding.NeedsDoing) || results.Any(result => result.Outcome == LiveOutcome.Failed) ? ExitCode.Failed : ExitCode.Answered;
    }

    private async Task<IReadOnlyList<LiveResult>> LiveAsync(IReadOnlyList<ModelFinding> findings, ProviderRegistry providers, CancellationToken cancellationToken)
    {
        var check = new LiveCheck(providers, _host);
        var results = new List<LiveResult>();
        foreach (var name in findings.Where(finding => !finding.Named.IsPast && finding.Standing != ModelStanding.Wrong).Select(finding => finding.Named.Name).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            _host.Terminal.Live($"asking {name}", Tone.Dim);
            results.AddRange(await check.RunAsync(name, cancellationToken).ConfigureAwait(false));
        }

        _host.Terminal.Live("", Tone.Dim);
        return results;
    }

    private void Write(IReadOnlyList<ModelFinding> findings, IReadOnlyList<LiveResult> results, int? age)
    {
        var terminal = _host.Terminal;
        var table = new TextTable(new TextColumn("model"), new("named by", Flexible: true), new("state"), new("finding", Flexible: true));
        foreach (var finding in findings)
            table.Add(PlainText.Clean(finding.Named.Name), finding.Named.Where, ModelText.Lower(finding.Standing), PlainText.Clean(finding.Finding));
        foreach (var line in table.Lines(terminal))
            terminal.OutputLine(line);
        if (results.Count > 0)
        {
            var asked = new TextTable(new TextColumn("model"), new("asked for"), new("result"), new("finding", Flexible: true));
            foreach (var result in results)
                asked.Add(PlainText.Clean(result.Model), result.Test, ModelText.Lower(result.Outcome), PlainText.Clean(result.Finding));
            terminal.OutputLine("");
            foreach (var line in asked.Lines(terminal))
                terminal.OutputLine(line);
            terminal.Line(Spent(results), Tone.Dim);
        }

        if (age > OldDays)
            terminal.Marked("note", $"The catalogue is {age} days old. Take a newer one: omega models update FILE-or-URL", Tone.Warning);
        var open = findings.Count(finding => finding.NeedsDoing) + results.Count(result => result.Outcome == LiveOutcome.Failed);
        terminal.Line(open == 0 ? "Nothing needs doing." : $"{open} {(open == 1 ? "line needs" : "lines need")} doing.", open == 0 ? Tone.Dim : Tone.Warning);
    }

    private static string Spent(IReadOnlyList<LiveResult> results)
    {
        var turns = results.Where(result => result.Asked).ToList();
        var known = turns.Where(result => result.Cost is not null).Sum(result => result.Cost!.Usd);
        var unknown = turns.Count(result => result.Cost is null);
        return string.Create(CultureInfo.InvariantCulture, $"Spent ~${known:0.######}{(unknown == 0 ? "" : $", and an unknown amount for {unknown} of {turns.Count} turns")}.");
    }

    private void WriteJson(IReadOnlyList<ModelFinding> findings, IReadOnlyList<LiveResult> results, int? age) => _host.Terminal.Output(FunctionText.Indented(json =>
    {
        json.WriteStartObject();
        if (age is { } days)
            json.WriteNumber("catalogue_age_days", days);
        else
            json.WriteNull("catalogue_age_days");
        json.WriteStartArray("models");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("model", finding.Named.Name);
            json.WriteString("named_by", finding.Named.Where);
            json.WriteString("state", ModelText.Lower(finding.Standing));
            json.WriteBoolean("needs_doing", finding.NeedsDoing);
            json.WriteString("finding", finding.Finding);
            json.WriteString("successor", finding.Successor);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("live");
        foreach (var result in results)
            Write(json, result);
        json.WriteEndArray();
        json.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter json, LiveResult result)
    {
        json.WriteStartObject();
        json.WriteString("model", result.Model);
        json.WriteString("test", result.Test);
        json.WriteString("result", ModelText.Lower(result.Outcome));
        json.WriteString("finding", result.Finding);
        json.WriteString("usd", result.Cost?.Usd.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
